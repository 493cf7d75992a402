// SPDX-License-Identifier: MIT
#pragma once

#include "core/secrets/secretspans.h"

#include <QByteArrayView>

namespace sallyport {

/// Whether findSecretShapes() can find anything; cheap, and never wrong where it says no.
[[nodiscard]] bool mayHoldSecretShape(QByteArrayView text);

enum class Wording {
    Text, ///< text for people: the word after `Bearer` or `Basic` is a secret
    Url,  ///< a word ends at a slash, and no scheme stands before it
};

/// Finds what is a secret by its looks: the word after `Bearer` or `Basic`; what follows `bearer.`
/// or `api-key.` in a word (a WebSocket can carry one only in the name of a subprotocol); keys of
/// known vendors at the start of a word or of a part of one (`sk-…`, `ghp_…`, `gho_…`, `ghu_…`,
/// `ghs_…`, `ghr_…`, `github_pat_…`, `glpat-…`, `xoxb-…` and the other `xox?-…`, `AKIA…`, `AIza…`,
/// our own `sp-…`); JSON Web Tokens (`eyJ….eyJ….…`); the content of PEM blocks that hold a private
/// key, also of those that lack their end.
void findSecretShapes(QByteArrayView text, Wording wording, SecretSpans& found);

/// Whether a word looks like chance rather than language: 20 letters and digits in a row, or 20
/// with dashes in which letters, digits and capitals take turns. For texts that people write by
/// hand (settings, configuration): identifiers and digests in other texts look the same.
[[nodiscard]] bool looksRandom(QByteArrayView word);

} // namespace sallyport
