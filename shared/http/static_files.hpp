// The web pages: all files of a built web project, held in memory with their packed twins. Made once at start (from
// disk or embedded bytes), then read by any thread. What is not in the table does not exist, so no path can lead
// outside.
#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/core/result.hpp"
#include "shared/http/request.hpp"
#include "shared/http/response.hpp"

namespace plus7::http {

struct StaticSettings {
    std::string mount = "/";                  // ends with a slash; the files appear below it
    std::string index = "index.html";         // answers the mount itself, and every page address of the application
    std::string immutable_under = "assets/";  // names with a hash of the content: cached for a year
    std::vector<std::string> never_pages{"api",
                                         "tiles"};  // first segments below the mount where no page is ever answered
};

class StaticFiles {
  public:
    StaticFiles(StaticFiles&&) noexcept = default;  // no copies: the views in it point into its own strings
    StaticFiles& operator=(StaticFiles&&) noexcept = default;

    // Reads every regular file below `root` (links that lead outside are refused; 64 MiB in all). "x.js.gz" beside
    // "x.js" is its packed form. unavailable: cannot be read; limit: too much; not_found: no index in it.
    static core::Result<StaticFiles> from_disk(const std::filesystem::path& root, StaticSettings settings = {});
    // (name relative to the root, bytes that live as long as the program); "x.js.gz" may come without "x.js".
    static core::Result<StaticFiles> from_embedded(
        const std::vector<std::pair<std::string_view, std::string_view>>& files, StaticSettings settings = {});

    // The file (with ETag, 304, Range, gzip by Accept-Encoding), or the index for a page address that a browser
    // navigates to (Accept: text/html, no dot in the last segment). Nothing: not ours, or not there.
    std::optional<Response> serve(const Request& request) const;
    std::size_t size() const { return files_.size(); }

  private:
    struct File {
        std::optional<std::string_view> plain;
        std::optional<std::string_view> packed;
        std::string etag;
        std::string kept_plain;  // what from_disk has read: the views above point here
        std::string kept_packed;
    };
    explicit StaticFiles(StaticSettings settings) : settings_(std::move(settings)) {}
    core::Status finish();
    Response answer(const Request& request, const std::string& name, const File& file) const;

    StaticSettings settings_;
    std::map<std::string, File, std::less<>> files_;
};

std::string_view content_type_of(
    std::string_view file_name);  // by its extension; "application/octet-stream" if unknown

}  // namespace plus7::http
