"""What was sent to join, judged: the queue, the file, the sheet, the report, the decision."""
