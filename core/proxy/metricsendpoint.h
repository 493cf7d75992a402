// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/field.h"
#include "core/observe/metricswriter.h"
#include "core/proxy/localendpoints.h"
#include "core/proxy/proxycontext.h"

namespace sallyport {

/// The format that a client asks for by Accept (RFC 9110 12.5.1): OpenMetrics where it is named and
/// text/plain is not preferred, else the text format of Prometheus.
[[nodiscard]] MetricsFormat metricsFormatFor(const FieldList& requestFields);

/// The response of `/metrics` to GET and HEAD, with the upstreams of the rules in force.
[[nodiscard]] LocalResponse metricsResponse(const FieldList& requestFields,
                                            const ProxyContext& context);

} // namespace sallyport
