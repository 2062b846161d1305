"""The pages of those signed in; `dashboard/cabinet/asgi.py` serves them."""
