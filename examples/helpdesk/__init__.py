"""A helpdesk that keeps its promises with slacalc: FastAPI, SQLAlchemy 2, SQLite or PostgreSQL.

Read in this order: `tables` (what is stored), `policies` (the policies in use), `desk` (what a helpdesk does), `watch`
(the job that tells what fires), `web` (the service), `pages` (what people see).
"""
