"""How did we do?"""
