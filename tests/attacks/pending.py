# SPDX-License-Identifier: MIT
"""Rows whose mend has not landed yet; each goes from here with its mend. `--pending` runs them."""

PENDING = {
    "a method that differs in case only is refused",
    "a registered method in mixed case is refused",
    "a letter outside ASCII in the query goes on encoded",
    "a letter outside ASCII in the path goes on encoded",
    "angle brackets in the query go on encoded",
    "quotes in the query go on encoded",
    "a set field has no second spelling with an underscore",
    "a removed field has no second spelling with an underscore",
    "beside a bearer no second spelling of x-api-key passes",
    "beside an x-api-key no second spelling of it passes",
    "a trailer does not come to the next client's request",
    "a trailer does not bring back what a route removes",
    "a trailer that was announced is dropped as well",
    "a trailer in forward mode is dropped",
    "a page on another port of an allowed name is refused where a key is",
    "a page on the default port of an allowed name is refused where a key is",
}
