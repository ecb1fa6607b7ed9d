"""Children and young people, their needs, who cares for them, and who may know."""
