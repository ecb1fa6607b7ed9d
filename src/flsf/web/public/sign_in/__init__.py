"""Signing in: allauth's pages in GOV.UK dress, and a link by email for families."""
