// SPDX-License-Identifier: MIT
#pragma once

#include "core/secrets/knownsecrets.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <initializer_list>
#include <string_view>

namespace sallyport::log {

enum class Level { Trace, Debug, Info, Warn, Error };

/// `key=value` of a log line. Values are quoted when they hold blanks, and control bytes are
/// escaped: a log line is always one line. Never give a secret: redact first.
struct Pair {
    std::string_view key;
    QByteArray value;
    Pair(std::string_view k, QByteArrayView v)
        : key(k)
        , value(v.toByteArray()) {}
    Pair(std::string_view k, const QByteArray& v)
        : key(k)
        , value(v) {}
    Pair(std::string_view k, const QString& v)
        : key(k)
        , value(v.toUtf8()) {}
    Pair(std::string_view k, int v)
        : Pair(k, qint64{v}) {}
    Pair(std::string_view k, qint64 v)
        : key(k)
        , value(QByteArray::number(v)) {}
};

struct Options {
    Level level = Level::Info;
    bool isConsole = true; ///< standard error
    QString file;          ///< rotating, three files of 5 MiB at most, 0600; empty: none
};

/// Sets up spdlog; called once by a main, before other threads write, and again to change where
/// the lines go. Without it nothing is written. A file that cannot be opened is said on the
/// console and left out.
void configure(const Options& options);
void setLevel(Level level);
/// The secrets that write() masks, whoever put them into a value. Any thread.
void setKnownSecrets(const KnownSecrets& known);
[[nodiscard]] bool isEnabled(Level level);
/// `event` is a short word that stays the same ("exchange", "config_rejected"), for grep.
/// Lines of Warn and above, and lines on a terminal, are flushed at once, others within a second
/// where there is a QCoreApplication with its loop running, else by flush() or the process's end.
/// Any thread.
void write(Level level, std::string_view event, std::initializer_list<Pair> pairs = {});
/// The same for lines that are written often: `pairs` was made by appendPair(), of redacted values.
void writeLine(Level level, std::string_view event, QByteArrayView pairs);
/// Appends ` key=value`, quoted and escaped as Pair says.
void appendPair(QByteArray& out, std::string_view key, QByteArrayView value);
void appendPair(QByteArray& out, std::string_view key, const QString& value);
void appendPair(QByteArray& out, std::string_view key, qint64 value);
/// Writes out what is buffered; before the process ends.
void flush();

} // namespace sallyport::log
