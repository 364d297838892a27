#pragma once

// TLS for the simulated mail server: a certificate made on the spot, and the wire it protects.

#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <signal.h>

#include <memory>
#include <stdexcept>
#include <string>

#include "sim/mail/server.h"

namespace dreams::test {

/// A certificate for one name, signed by itself, with its key.
class Certificate {
public:
    explicit Certificate(const std::string& name) {
        key_.reset(EVP_EC_gen("P-256"));
        own_.reset(X509_new());
        X509* x509 = own_.get();
        X509_set_version(x509, 2);
        ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
        X509_gmtime_adj(X509_getm_notBefore(x509), -3600);
        X509_gmtime_adj(X509_getm_notAfter(x509), 3600);
        X509_NAME* subject = X509_get_subject_name(x509);
        X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
        X509_set_issuer_name(x509, subject);
        X509_set_pubkey(x509, key_.get());
        add(NID_subject_alt_name, "DNS:" + name);
        add(NID_basic_constraints, "critical,CA:TRUE");
        if (X509_sign(x509, key_.get(), EVP_sha256()) == 0)
            throw std::runtime_error("no certificate");
    }

    /// As a client trusts it.
    std::string pem() const {
        const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), BIO_free);
        PEM_write_bio_X509(out.get(), own_.get());
        char* bytes = nullptr;
        const auto size = BIO_get_mem_data(out.get(), &bytes);
        return {bytes, static_cast<std::size_t>(size)};
    }

    X509* x509() const { return own_.get(); }
    EVP_PKEY* key() const { return key_.get(); }

private:
    void add(int what, const std::string& value) {
        const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension(
            X509V3_EXT_conf_nid(nullptr, nullptr, what, value.c_str()), X509_EXTENSION_free);
        if (!extension) throw std::runtime_error("no extension " + value);
        X509_add_ext(own_.get(), extension.get(), -1);
    }

    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key_{nullptr, EVP_PKEY_free};
    std::unique_ptr<X509, decltype(&X509_free)> own_{nullptr, X509_free};
};

class TlsWire : public sim::MailWire {
public:
    using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;
    using Session = std::unique_ptr<SSL, decltype(&SSL_free)>;

    TlsWire(Context context, Session session)
        : context_(std::move(context)), session_(std::move(session)) {}
    std::size_t read(char* buffer, std::size_t size) override {
        std::size_t count = 0;
        return SSL_read_ex(session_.get(), buffer, size, &count) == 1 ? count : 0;
    }
    void write(std::string_view bytes) override {
        std::size_t count = 0;
        if (!bytes.empty()) SSL_write_ex(session_.get(), bytes.data(), bytes.size(), &count);
    }

private:
    Context context_;
    Session session_;
};

/// What makes a connection of the simulated server secure, with this certificate.
inline sim::MailTls tls_with(std::shared_ptr<Certificate> certificate) {
    ::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to whoever has hung up
    return [certificate](int socket) -> std::unique_ptr<sim::MailWire> {
        TlsWire::Context context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
        SSL_CTX_use_certificate(context.get(), certificate->x509());
        SSL_CTX_use_PrivateKey(context.get(), certificate->key());
        TlsWire::Session session(SSL_new(context.get()), SSL_free);
        SSL_set_fd(session.get(), socket);
        if (SSL_accept(session.get()) != 1) return nullptr;
        return std::make_unique<TlsWire>(std::move(context), std::move(session));
    };
}

}  // namespace dreams::test
