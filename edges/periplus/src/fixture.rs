//! An invented answer for tests of rendering.
