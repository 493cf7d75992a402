// SPDX-License-Identifier: MIT
#include "core/upstream/securitytokens.h"

#include "core/support/background.h"

#include <QCoreApplication>
#include <QStringList>

#include <gssapi/gssapi.h>
#include <gssapi/gssapi_ext.h>

#include <array>
#include <utility>

namespace sallyport {

namespace {

QString told(const char* text) { return QCoreApplication::translate("ProxyFailure", text); }

/// 1.3.6.1.5.5.2, SPNEGO (RFC 4178), and 1.3.6.1.4.1.311.2.2.10, NTLMSSP, as BER has them.
std::array<char, 6> spnegoBytes{0x2b, 0x06, 0x01, 0x05, 0x05, 0x02};
std::array<char, 10> ntlmBytes{0x2b, 0x06, 0x01, 0x04, 0x01, '\x82', 0x37, 0x02, 0x02, 0x0a};

template <std::size_t N>
gss_OID_desc oidOf(std::array<char, N>& bytes) {
    return {static_cast<OM_uint32>(N), bytes.data()};
}

/// The bytes must outlive it.
gss_buffer_desc bufferOf(QByteArray& bytes) {
    return {static_cast<std::size_t>(bytes.size()), bytes.data()};
}

void addStatus(OM_uint32 status, int type, gss_OID mechanism, QStringList& out) {
    OM_uint32 more = 0;
    do {
        OM_uint32 minor = 0;
        gss_buffer_desc text{0, nullptr};
        if (gss_display_status(&minor, status, type, mechanism, &more, &text) != GSS_S_COMPLETE)
            return;
        const QString line = QString::fromUtf8(static_cast<const char*>(text.value),
                                               static_cast<qsizetype>(text.length));
        if (!line.isEmpty() && !out.contains(line)) out << line;
        gss_release_buffer(&minor, &text);
    } while (more != 0);
}

} // namespace

/// One security context; every call may block.
class SecurityTokens::Context {
public:
    Context(const QByteArray& scheme, const QByteArray& host, const ProxyIdentity& identity)
        : m_isNtlm(scheme == "ntlm")
        , m_host(host)
        , m_identity(identity)
        , m_mechanism(m_isNtlm ? oidOf(ntlmBytes) : oidOf(spnegoBytes)) {}
    ~Context() {
        OM_uint32 minor = 0;
        gss_delete_sec_context(&minor, &m_context, nullptr);
        gss_release_cred(&minor, &m_credential);
        gss_release_name(&minor, &m_target);
    }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;

    Result<QByteArray, QString> step(QByteArray challenge) {
        OM_uint32 minor = 0;
        if (!m_target) {
            const OM_uint32 failed = begin(minor);
            if (failed != GSS_S_COMPLETE) return Failure{reason(failed, minor)};
        }
        gss_buffer_desc in = bufferOf(challenge);
        gss_buffer_desc out{0, nullptr};
        const OM_uint32 major = gss_init_sec_context(
            &minor, m_credential, &m_context, m_target, &m_mechanism, 0, 0, nullptr,
            challenge.isEmpty() ? nullptr : &in, nullptr, &out, nullptr, nullptr);
        const QByteArray token(static_cast<const char*>(out.value),
                               static_cast<qsizetype>(out.length));
        OM_uint32 ignored = 0;
        gss_release_buffer(&ignored, &out);
        if (major != GSS_S_COMPLETE && major != GSS_S_CONTINUE_NEEDED)
            return Failure{reason(major, minor)};
        return token;
    }

private:
    OM_uint32 begin(OM_uint32& minor) {
        QByteArray service = "HTTP@" + m_host; // RFC 4559 4.1
        gss_buffer_desc text = bufferOf(service);
        const OM_uint32 major =
            gss_import_name(&minor, &text, GSS_C_NT_HOSTBASED_SERVICE, &m_target);
        return major == GSS_S_COMPLETE && m_isNtlm ? takePassword(minor) : major;
    }
    OM_uint32 takePassword(OM_uint32& minor) {
        gss_buffer_desc user = bufferOf(m_identity.user);
        gss_buffer_desc password = bufferOf(m_identity.password);
        gss_name_t name = nullptr;
        OM_uint32 major = gss_import_name(&minor, &user, GSS_C_NT_USER_NAME, &name);
        if (major != GSS_S_COMPLETE) return major;
        gss_OID_set_desc mechanisms{1, &m_mechanism};
        major =
            gss_acquire_cred_with_password(&minor, name, &password, GSS_C_INDEFINITE, &mechanisms,
                                           GSS_C_INITIATE, &m_credential, nullptr, nullptr);
        OM_uint32 ignored = 0;
        gss_release_name(&ignored, &name);
        return major;
    }
    QString reason(OM_uint32 major, OM_uint32 minor) {
        if (m_isNtlm && major == GSS_S_BAD_MECH)
            return told(
                QT_TRANSLATE_NOOP("ProxyFailure", "this system has no NTLM; install gss-ntlmssp"));
        QStringList said;
        addStatus(minor, GSS_C_MECH_CODE, &m_mechanism, said);
        if (said.isEmpty()) addStatus(major, GSS_C_GSS_CODE, &m_mechanism, said);
        const QString evidence = said.join(QStringLiteral(", "));
        return m_isNtlm
                   ? evidence
                   : told(QT_TRANSLATE_NOOP(
                              "ProxyFailure",
                              "there is no ticket for it: %1; run kinit, or log in to the domain"))
                         .arg(evidence);
    }

    bool m_isNtlm;
    QByteArray m_host;
    ProxyIdentity m_identity;
    gss_OID_desc m_mechanism;
    gss_ctx_id_t m_context = nullptr;
    gss_cred_id_t m_credential = nullptr; ///< null: the default one, for Negotiate
    gss_name_t m_target = nullptr;
};

SecurityTokens::SecurityTokens(const QByteArray& scheme, const QByteArray& host,
                               const ProxyIdentity& identity)
    : m_context(std::make_shared<Context>(scheme, host, identity)) {}

SecurityTokens::~SecurityTokens() = default;

void SecurityTokens::next(const QByteArray& challenge,
                          std::function<void(const Result<QByteArray, QString>&)> done) {
    const std::weak_ptr<Context> wanted(m_context);
    inBackground(
        [wanted, challenge]() -> Result<QByteArray, QString> {
            // Whoever gave up before its turn came leaves the thread to the next one.
            if (const auto context = wanted.lock()) return context->step(challenge);
            return Failure{QString()};
        },
        [wanted, done = std::move(done)](const Result<QByteArray, QString>& token) {
            if (!wanted.expired()) done(token);
        });
}

} // namespace sallyport
