// Files that hold keys: mode 0600, replaced atomically and durably, refused when others can read them. Any thread.
#pragma once
#include <filesystem>

#include "shared/core/bytes.hpp"
#include "shared/core/result.hpp"
#include "shared/crypto/secret_bytes.hpp"

namespace plus7::crypto {

// After success the new content is on disk under `path`; after failure or power loss the old file is whole.
// unavailable with the path and the system's reason.
core::Status write_secret_file(const std::filesystem::path& path, core::ByteView content);

// not_found; denied when group or others have any right to it or it is no regular file; limit above 1 MiB; unavailable
// when it cannot be read. In $CREDENTIALS_DIRECTORY group bits are no offence: systemd grants the service its
// credential by an ACL, whose mask shows as group bits.
core::Result<SecretBytes> read_secret_file(const std::filesystem::path& path);

// Overwritten, then gone, durably; one that does not exist is no error. What a flash memory keeps of it beneath the
// file system is out of reach. unavailable: it may still be there.
core::Status destroy_secret_file(const std::filesystem::path& path);

}  // namespace plus7::crypto
