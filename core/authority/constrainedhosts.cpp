// SPDX-License-Identifier: MIT
#include "core/authority/constrainedhosts.h"

#include <QHostAddress>

#include <algorithm>

namespace sallyport {

namespace {

constexpr qsizetype kIPv4Bytes = 4;
constexpr qsizetype kIPv6Bytes = 16;

HostList sorted(HostList hosts) {
    std::sort(hosts.begin(), hosts.end());
    hosts.erase(std::unique(hosts.begin(), hosts.end()), hosts.end());
    return hosts;
}

void append(stack_st_GENERAL_SUBTREE*& to, GeneralNamePtr name) {
    if (!to) to = sk_GENERAL_SUBTREE_new_null();
    GENERAL_SUBTREE* const subtree = GENERAL_SUBTREE_new();
    GENERAL_NAME_free(subtree->base);
    subtree->base = name.release();
    sk_GENERAL_SUBTREE_push(to, subtree);
}

/// Any address of the family: the mask has no bits.
void excludeAddresses(NAME_CONSTRAINTS& constraints) {
    for (const qsizetype size : {kIPv4Bytes, kIPv6Bytes})
        append(constraints.excludedSubtrees, addressName(QByteArray(2 * size, '\0')));
}

QByteArray hostOf(const GENERAL_NAME& name) {
    if (name.type == GEN_DNS) {
        const QByteArray text(reinterpret_cast<const char*>(ASN1_STRING_get0_data(name.d.dNSName)),
                              ASN1_STRING_length(name.d.dNSName));
        return text.startsWith('.') ? QByteArray('*' + text) : text;
    }
    if (name.type != GEN_IPADD) return {};
    const unsigned char* const bytes = ASN1_STRING_get0_data(name.d.iPAddress);
    switch (ASN1_STRING_length(name.d.iPAddress)) {
    case 2 * kIPv4Bytes:
        return QHostAddress(static_cast<quint32>(bytes[0]) << 24 |
                            static_cast<quint32>(bytes[1]) << 16 |
                            static_cast<quint32>(bytes[2]) << 8 | bytes[3])
            .toString()
            .toLatin1();
    case 2 * kIPv6Bytes: return QHostAddress(bytes).toString().toLatin1();
    }
    return {};
}

} // namespace

HostList hostsOf(const InterceptList& list) {
    HostList hosts;
    for (const InterceptEntry& entry : list.entries)
        hosts.push_back(entry.host);
    return sorted(std::move(hosts));
}

bool isAmong(const HostList& hosts, const QByteArray& host) {
    return std::any_of(hosts.begin(), hosts.end(), [&](const QByteArray& entry) {
        return entry == host || (entry.startsWith("*.") && host.size() >= entry.size() &&
                                 host.endsWith(QByteArrayView(entry).sliced(1)));
    });
}

bool isSubset(const HostList& hosts, const HostList& others) {
    return std::includes(others.begin(), others.end(), hosts.begin(), hosts.end());
}

NameConstraintsPtr constraintsFor(const HostList& hosts) {
    NameConstraintsPtr constraints(NAME_CONSTRAINTS_new());
    bool hasName = false;
    bool hasAddress = false;
    for (const QByteArray& host : hosts) {
        const QByteArray bytes = addressBytes(host);
        (bytes.isEmpty() ? hasName : hasAddress) = true;
        append(constraints->permittedSubtrees,
               bytes.isEmpty() ? dnsName(host.startsWith("*.") ? host.sliced(1) : host)
                               : addressName(bytes + QByteArray(bytes.size(), '\xff')));
    }
    if (!hasAddress) excludeAddresses(*constraints);
    if (!hasName) append(constraints->excludedSubtrees, dnsName(QByteArray())); // matches all
    return constraints;
}

HostList hostsOf(const X509& authority) {
    const NameConstraintsPtr constraints(static_cast<NAME_CONSTRAINTS*>(
        X509_get_ext_d2i(&authority, NID_name_constraints, nullptr, nullptr)));
    HostList hosts;
    if (!constraints) return hosts;
    for (int i = 0; i < sk_GENERAL_SUBTREE_num(constraints->permittedSubtrees); ++i)
        hosts.push_back(hostOf(*sk_GENERAL_SUBTREE_value(constraints->permittedSubtrees, i)->base));
    std::erase(hosts, QByteArray());
    return sorted(std::move(hosts));
}

} // namespace sallyport
