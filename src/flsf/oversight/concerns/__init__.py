"""Worries about a child's safety, for those who need to know and nobody else."""
