// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/config.h"
#include "core/support/result.h"

#include <QByteArray>
#include <QHostAddress>
#include <QString>

#include <chrono>
#include <optional>
#include <utility>

/// What the words of the files mean. Each takes the text of one scalar; the error is a clause that
/// says what is wrong and what would be right, without the name of the key.
namespace sallyport::scalars {

template <typename T>
using Parsed = Result<T, QString>;

/// `true` or `false`, and nothing else that YAML has ever taken for one.
[[nodiscard]] Parsed<bool> boolean(const QByteArray& text);
/// A whole number from `least` to `most`.
[[nodiscard]] Parsed<qint64> number(const QByteArray& text, qint64 least, qint64 most);
/// `500ms`, `30s`, `5m`, `24h`, `30d`, or a bare 0; up to ten years.
[[nodiscard]] Parsed<std::chrono::milliseconds> duration(const QByteArray& text);
/// The same, and more than nothing.
[[nodiscard]] Parsed<std::chrono::milliseconds> positiveDuration(const QByteArray& text);
/// `50%`: a whole number from 1 to 100 with its sign.
[[nodiscard]] Parsed<int> percentage(const QByteArray& text);
/// Bytes, or `64KiB`, `4MiB`, `1GiB`.
[[nodiscard]] Parsed<qint64> size(const QByteArray& text);
/// `443` or `1024-65535`.
[[nodiscard]] Parsed<std::pair<quint16, quint16>> portRange(const QByteArray& text);
/// `auto`, `none`, `env:NAME`, `file:PATH`; a relative path is taken from `dir`.
[[nodiscard]] Parsed<TokenSource> tokenSource(const QByteArray& text, const QString& dir);
/// `none`, `keychain:NAME`, `env:NAME`, `file:PATH`; a relative path is taken from `dir`.
[[nodiscard]] Parsed<CredentialSource> credentialSource(const QByteArray& text, const QString& dir);
/// An absolute, clean path; `~/` is the home folder, a relative path is taken from `dir`.
[[nodiscard]] QString absolutePath(const QString& path, const QString& dir);

/// One of a few words; `words` and `values` go together.
template <typename T>
using WordMeaning = std::pair<const char*, T>;
[[nodiscard]] QString unknownWord(const QByteArray& text, const QStringList& words);
template <typename T, std::size_t N>
[[nodiscard]] Parsed<T> word(const QByteArray& text, const WordMeaning<T> (&meanings)[N]) {
    QStringList words;
    for (const auto& [name, value] : meanings) {
        if (text == name) return value;
        words.append(QString::fromLatin1(name));
    }
    return Failure{unknownWord(text, words)};
}

} // namespace sallyport::scalars
