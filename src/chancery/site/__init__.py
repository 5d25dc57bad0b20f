"""The public register: any day of a record, in a browser, for anyone. No account, no cookie, nothing from elsewhere."""
