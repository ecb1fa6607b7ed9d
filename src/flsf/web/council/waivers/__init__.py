"""The waiver register: what is bought outside the framework, by whose leave, until when."""
