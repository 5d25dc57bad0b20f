"""Rules: read the register and the provisions in force, give rulings that explain themselves."""
