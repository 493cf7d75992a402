// SPDX-License-Identifier: MIT
#include "core/http/methodcase.h"

#include "core/support/ascii.h"

#include <algorithm>
#include <iterator>

namespace sallyport {

namespace {

constexpr QByteArrayView kRegistered[] = {
    "ACL",
    "BASELINE-CONTROL",
    "BIND",
    "CHECKIN",
    "CHECKOUT",
    "CONNECT",
    "COPY",
    "DELETE",
    "GET",
    "HEAD",
    "LABEL",
    "LINK",
    "LOCK",
    "MERGE",
    "MKACTIVITY",
    "MKCALENDAR",
    "MKCOL",
    "MKREDIRECTREF",
    "MKWORKSPACE",
    "MOVE",
    "OPTIONS",
    "ORDERPATCH",
    "PATCH",
    "POST",
    "PRI",
    "PROPFIND",
    "PROPPATCH",
    "PUT",
    "QUERY",
    "REBIND",
    "REPORT",
    "SEARCH",
    "TRACE",
    "UNBIND",
    "UNCHECKOUT",
    "UNLINK",
    "UNLOCK",
    "UPDATE",
    "UPDATEREDIRECTREF",
    "VERSION-CONTROL",
};

} // namespace

bool isMiscasedMethod(QByteArrayView method) {
    const bool hasSmallLetters =
        std::any_of(method.begin(), method.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    return hasSmallLetters &&
           std::any_of(std::begin(kRegistered), std::end(kRegistered), [&](QByteArrayView known) {
               return ascii::equalsIgnoreCase(known, method);
           });
}

} // namespace sallyport
