"""Claims made from marks and rates, checked, approved and paid."""
