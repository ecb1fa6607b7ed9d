"""Reading what people bring: files, headings and cells. Pure: no table is touched."""
