// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <functional>

namespace sallyport {

/// A text of YAML without its secrets.
struct CleanYaml {
    QByteArray text;
    QStringList replaced; ///< paths of the values that were a secret
};

/// Replaces what is a secret in the values and comments of a configuration: values of fields whose
/// name isSecretField() knows, arguments of a command that are a secret by their name or shape,
/// user information and parameters of URLs, and what findSecretShapes() finds anywhere. `env:`,
/// `file:` and `keychain:` are places and stay. A value becomes a text that says what belongs
/// there, or else one that `loads` takes; a comment goes whole. The layout of all else stays.
[[nodiscard]] CleanYaml withoutYamlSecrets(const QByteArray& yaml,
                                           const std::function<bool(const QByteArray&)>& loads);

} // namespace sallyport
