// SPDX-License-Identifier: MIT
#pragma once

#include <QHostAddress>
#include <QString>

#include <utility>
#include <vector>

namespace sallyport {

/// `forward:` what absolute-form and CONNECT may reach where no route takes them.
struct DestinationPolicy {
    bool isEnabled = true;
    /// Networks refused after resolution, address and prefix length; link-local by default, where
    /// clouds keep their credentials, and the one unique-local address that does the same.
    std::vector<std::pair<QHostAddress, int>> deny = {
        {QHostAddress(QStringLiteral("169.254.0.0")), 16},
        {QHostAddress(QStringLiteral("fe80::")), 10},
        {QHostAddress(QStringLiteral("fd00:ec2::254")), 128}};
    /// Inclusive ranges.
    std::vector<std::pair<quint16, quint16>> ports = {{80, 80}, {443, 443}, {1024, 65535}};

    [[nodiscard]] bool allowsPort(quint16 port) const;
    /// Never the unspecified, multicast or broadcast addresses; what holds an IPv4
    /// address (mapped, compatible, translated, NAT64, 6to4) by that as well.
    [[nodiscard]] bool allowsAddress(const QHostAddress& address) const;
    friend bool operator==(const DestinationPolicy&, const DestinationPolicy&) = default;
};

} // namespace sallyport
