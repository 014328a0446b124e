// Private to this folder's .cpp files: owners of OpenSSL objects, and its error queue as our errors.
#pragma once
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>
#include <string_view>

#include "shared/core/bytes.hpp"
#include "shared/core/result.hpp"

namespace plus7::crypto {

template <auto release>
struct Release {
    template <typename T>
    void operator()(T* object) const noexcept {
        release(object);
    }
};

using BioPtr = std::unique_ptr<BIO, Release<BIO_free_all>>;
using MdPtr = std::unique_ptr<EVP_MD, Release<EVP_MD_free>>;
using MdCtxPtr = std::unique_ptr<EVP_MD_CTX, Release<EVP_MD_CTX_free>>;
using KdfPtr = std::unique_ptr<EVP_KDF, Release<EVP_KDF_free>>;
using KdfCtxPtr = std::unique_ptr<EVP_KDF_CTX, Release<EVP_KDF_CTX_free>>;
using PkeyPtr = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using X509Ptr = std::unique_ptr<X509, Release<X509_free>>;
using ReqPtr = std::unique_ptr<X509_REQ, Release<X509_REQ_free>>;
using CrlPtr = std::unique_ptr<X509_CRL, Release<X509_CRL_free>>;
using RevokedPtr = std::unique_ptr<X509_REVOKED, Release<X509_REVOKED_free>>;
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, Release<X509_EXTENSION_free>>;
using StorePtr = std::unique_ptr<X509_STORE, Release<X509_STORE_free>>;
using StoreCtxPtr = std::unique_ptr<X509_STORE_CTX, Release<X509_STORE_CTX_free>>;
using NamePtr = std::unique_ptr<X509_NAME, Release<X509_NAME_free>>;
using TimePtr = std::unique_ptr<ASN1_TIME, Release<ASN1_TIME_free>>;
using IntegerPtr = std::unique_ptr<ASN1_INTEGER, Release<ASN1_INTEGER_free>>;
using BigNumberPtr = std::unique_ptr<BIGNUM, Release<BN_free>>;
using GeneralNamePtr = std::unique_ptr<GENERAL_NAME, Release<GENERAL_NAME_free>>;
using GeneralNamesPtr = std::unique_ptr<GENERAL_NAMES, Release<GENERAL_NAMES_free>>;
using KeyUsesPtr = std::unique_ptr<EXTENDED_KEY_USAGE, Release<EXTENDED_KEY_USAGE_free>>;

// Empties this thread's error queue: its reasons in words, each once, oldest first; "" when it was empty.
std::string take_openssl_errors();

// "what: reasons of OpenSSL", queue emptied.
core::Error openssl_error(core::ErrorKind kind, std::string_view what);

// For calls that fail only when memory or the library is broken: throws std::runtime_error "what: reasons".
void require(bool done, std::string_view what);

// Reads from `text` without copying it. Above `size_limit` → limit; 64 KiB is far more than any certificate needs.
core::Result<BioPtr> reader_of(std::string_view text, std::size_t size_limit = 64 * 1024);

// What was written to a memory BIO.
core::Bytes content_of(BIO* memory);

// For PEM readers: an encrypted key is refused instead of asking on the terminal.
int refuse_passphrase(char*, int, int, void*);

}  // namespace plus7::crypto
