// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/configerror.h"
#include "core/support/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace sallyport {

/// `routes.yaml` with the preset "Claude Code in an intranet" in it.
struct IntranetPreset {
    QByteArray text;
    QString upstream;     ///< where the requests of the Messages API go
    QStringList routes;   ///< names of the routes that were added, in order
    QByteArrayList hosts; ///< what was added to `intercept:`
};

/// Adds what is missing of the preset, and changes nothing that is there: routes that answer what
/// Claude Code asks of Anthropic's hosts besides the Messages API, so that it starts and works
/// where none of them can be reached, one that leads `https://api.anthropic.com/v1/` to `upstream`,
/// ones that refuse the other hosts that it asks at once, and the two hosts in `intercept:`; and
/// `count_tokens: estimate` to the route that takes `POST /v1/messages`, where it lacks the key. A
/// route is told by its name: one that was edited or switched off stays so, and a second time adds
/// nothing.
///
/// Without `upstream` it is that of the route that takes `POST /v1/messages`, or the only one; with
/// it the route for messages is led there also where it is there already. That route asks for the
/// local token where the upstream has a credential of its own, which would be open to every program
/// on the machine otherwise.
///
/// Bytes are only added: comments, order, line ends and style stay. The result is parsed again
/// before it is handed over. The error is at the place that cannot be edited.
[[nodiscard]] Result<IntranetPreset, ConfigError>
withIntranetPreset(const QByteArray& yaml, const QString& fileName, const QString& upstream = {});

} // namespace sallyport
