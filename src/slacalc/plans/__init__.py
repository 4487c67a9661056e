"""What would it take?"""
