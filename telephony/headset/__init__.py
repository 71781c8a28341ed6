"""Headset buttons and LEDs by the USB HID telephony page; only ``hid`` uses hidapi."""
