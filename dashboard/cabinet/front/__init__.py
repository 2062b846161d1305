"""The ASGI front around Streamlit: pages for those not signed in, and the gate before all others."""
