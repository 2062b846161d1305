"""The mobile application's API: JSON over HTTP beside the cabinet, for the clients people already use."""
