// SPDX-License-Identifier: MIT
#include "core/config/configwarnings.h"

#include <QCoreApplication>

#include <algorithm>

namespace sallyport {

QStringList configWarnings(const Config& config) {
    QStringList out;
    for (const UpstreamConfig& upstream : config.upstreams) {
        const bool usesTls = std::any_of(upstream.targets.begin(), upstream.targets.end(),
                                         [](const UpstreamTarget& target) { return target.isTls; });
        if (upstream.verifyTls || !usesTls) continue;
        out << QCoreApplication::translate(
                   "Config", "upstream “%1”: the certificate of the server is not verified "
                             "(tls.verify: false), so anybody on the way can read and change what "
                             "is sent; name the CA in tls.ca_file instead")
                   .arg(upstream.name);
    }
    return out;
}

} // namespace sallyport
