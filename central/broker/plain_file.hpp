// Files without secrets that must be whole after a power cut: certificates, lists, the broker's settings. Any thread.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "shared/core/result.hpp"

namespace plus7::central::broker {

// Replaced atomically and durably, mode 0644. unavailable with the path and the system's reason.
core::Status write_plain_file(const std::filesystem::path& path, std::string_view text);
// Durable on return.
core::Status append_plain_file(const std::filesystem::path& path, std::string_view text);
// not_found, or unavailable with the reason.
core::Result<std::string> read_plain_file(const std::filesystem::path& path);

}  // namespace plus7::central::broker
