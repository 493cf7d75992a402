// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/jsonedit.h"

#include <QByteArrayList>
#include <QString>

#include <vector>

namespace sallyport {

/// A key of `settings.json` and the JSON text that it is to hold.
struct WantedKey {
    QByteArray name;
    bool isInEnv = true; ///< inside the `env` object; else at the top
    QByteArray value;    ///< JSON text
    bool isSecret = false;

    /// `env.NAME` or `NAME`.
    [[nodiscard]] QString path() const;
};

/// One edit that was made, with what is needed to take it back to the byte.
struct EditStep {
    enum class Kind {
        Root,    ///< the `{}` of a text that had no value
        Env,     ///< the `env` object
        Insert,  ///< a key that was not there
        Replace, ///< a key that held `before`
    };
    Kind kind = Kind::Insert;
    QByteArray name;
    bool isInEnv = true;
    QByteArray lead;   ///< bytes put in before the value; empty when not known
    QByteArray value;  ///< what we wrote
    QByteArray tail;   ///< bytes put in after the value
    QByteArray before; ///< Replace only
    QByteArray former; ///< what we had written before `value`; a crash may have left it in the file

    [[nodiscard]] QString path() const;
    friend bool operator==(const EditStep&, const EditStep&) = default;
};

/// Why a settings text is not edited.
struct EditFault {
    enum class Kind {
        NotJson,
        NotAnObject, ///< the document
        EnvNotAnObject,
        DoubledKey,
        Unfaithful, ///< the edit would have changed something else; a defect of ours
    };
    Kind kind = Kind::NotJson;
    int line = 0;
    jsonspans::FaultKind json = jsonspans::FaultKind::Unexpected; ///< NotJson only
    QString key;                                                  ///< DoubledKey only
};

/// The text afterwards, and all that has been done to it since it was first touched.
struct SettingsEdit {
    QByteArray text;
    std::vector<EditStep> steps;
};

/// Where the things are that an edit looks at. Spans belong to the text that was looked at.
struct SettingsView {
    bool isEmpty = false; ///< no value at all
    jsonspans::Object root;
    bool hasEnv = false;
    jsonspans::Object env;

    [[nodiscard]] const jsonspans::Member* member(const QByteArray& name, bool isInEnv) const;
};

/// Whether two JSON values are the same; strings by what they stand for, because another program
/// may write the same text with other escapes.
[[nodiscard]] bool isSameJson(const QByteArray& a, const QByteArray& b);

/// The names of those keys that belong into `env`.
[[nodiscard]] QByteArrayList envNamesOf(const std::vector<WantedKey>& keys);

/// Checks that a text is one that can be edited: an object, its `env` an object, and none of
/// `envNames` (nor the keys at the top that we set) there twice.
[[nodiscard]] Result<SettingsView, EditFault> viewOf(QByteArrayView text,
                                                     const QByteArrayList& envNames);

/// Sets every wanted key. `steps` are those of earlier edits of the same file: a key that still
/// holds our earlier value keeps what it was before that; one that somebody changed since is
/// remembered as they left it.
[[nodiscard]] Result<SettingsEdit, EditFault> withKeysSet(const QByteArray& text,
                                                          const std::vector<WantedKey>& wanted,
                                                          std::vector<EditStep> steps);

} // namespace sallyport
