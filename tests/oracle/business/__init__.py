"""Businesses billed naively: every month of every contract is reckoned again at every closing, with fractions."""
