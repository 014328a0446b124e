#include "shared/http/static_files.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include "shared/http/compress.hpp"
#include "shared/http/conditional.hpp"
#include "shared/http/range.hpp"

namespace plus7::http {
namespace {

constexpr std::size_t max_total = 64 << 20;

core::Result<std::string> read_whole(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream bytes;
    if (in.peek() != std::ifstream::traits_type::eof()) bytes << in.rdbuf();
    if (!in.good() && !in.eof()) return core::unavailable("cannot read " + path.filename().string());
    return std::move(bytes).str();
}

bool wants_page(const Request& request) {
    return request.header("Accept").value_or("").find("text/html") != std::string_view::npos;
}

}  // namespace

std::string_view content_type_of(std::string_view file_name) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 21> types{{
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".mjs", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".json", "application/json"},
        {".map", "application/json"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".jpg", "image/jpeg"},
        {".webp", "image/webp"},
        {".ico", "image/x-icon"},
        {".woff2", "font/woff2"},
        {".woff", "font/woff"},
        {".txt", "text/plain; charset=utf-8"},
        {".webmanifest", "application/manifest+json"},
        {".wasm", "application/wasm"},
        {".pdf", "application/pdf"},
        {".pbf", "application/vnd.mapbox-vector-tile"},
        {".mp3", "audio/mpeg"},
        {".ogg", "audio/ogg"},
        {".xml", "application/xml"},
    }};
    for (const auto& [extension, type] : types) {
        if (file_name.ends_with(extension)) return type;
    }
    return "application/octet-stream";
}

core::Result<StaticFiles> StaticFiles::from_disk(const std::filesystem::path& root, StaticSettings settings) {
    namespace fs = std::filesystem;
    StaticFiles files(std::move(settings));
    std::error_code failed;
    const auto real_root = fs::canonical(root, failed);
    std::size_t total = 0;
    for (fs::recursive_directory_iterator entry(real_root, failed), end; !failed && entry != end;
         entry.increment(failed)) {
        if (entry->is_directory(failed)) continue;
        const auto real = fs::canonical(entry->path(), failed);
        if (failed) break;
        if (!real.string().starts_with(real_root.string() + "/") || !fs::is_regular_file(real)) {
            return core::invalid("web root: " + entry->path().filename().string() + " is no regular file inside of it");
        }
        auto bytes = read_whole(real);
        if (!bytes) return bytes.error().context("web root");
        total += bytes->size();
        if (total > max_total) return core::limit("web root: more than 64 MiB of files");
        auto name = entry->path().lexically_relative(real_root).generic_string();
        const bool packed = name.ends_with(".gz");
        if (packed) name.resize(name.size() - 3);
        File& file = files.files_[name];
        (packed ? file.kept_packed : file.kept_plain) = std::move(*bytes);
        if (packed) {
            file.packed = file.kept_packed;
        } else {
            file.plain = file.kept_plain;
        }
    }
    if (failed) return core::unavailable("web root cannot be read: " + failed.message());
    const auto finished = files.finish();
    if (!finished) return finished.error();
    return files;
}

core::Result<StaticFiles> StaticFiles::from_embedded(
    const std::vector<std::pair<std::string_view, std::string_view>>& embedded, StaticSettings settings) {
    StaticFiles files(std::move(settings));
    for (auto [name, bytes] : embedded) {
        const bool packed = name.ends_with(".gz");
        if (packed) name.remove_suffix(3);
        File& file = files.files_[std::string(name)];
        (packed ? file.packed : file.plain) = bytes;
    }
    const auto finished = files.finish();
    if (!finished) return finished.error();
    return files;
}

core::Status StaticFiles::finish() {
    if (!settings_.mount.starts_with('/') || !settings_.mount.ends_with('/')) {
        return core::invalid("the mount of static files must begin and end with a slash");
    }
    for (auto& [name, file] : files_) file.etag = etag_of(file.plain ? *file.plain : *file.packed);
    if (!files_.contains(settings_.index)) return core::not_found("the web files hold no " + settings_.index);
    return {};
}

std::optional<Response> StaticFiles::serve(const Request& request) const {
    if (!request.is_read()) return std::nullopt;
    std::string path =
        "/";  // of decoded segments; a segment that hides a separator or a control character matches no file
    for (std::size_t i = 0; i < request.segments.size(); ++i) path += (i ? "/" : "") + request.segments[i];
    if (!path.starts_with(settings_.mount)) return std::nullopt;
    std::string name = path.substr(settings_.mount.size());
    if (name.empty()) name = settings_.index;
    const auto found = files_.find(name);
    const bool plain_name =
        std::none_of(request.segments.begin(), request.segments.end(),
                     [](const std::string& segment) { return segment.find_first_of("/\\") != segment.npos; });
    if (found != files_.end() && plain_name) return answer(request, name, found->second);
    const auto first = name.substr(0, name.find('/'));
    const auto last = name.substr(name.rfind('/') == name.npos ? 0 : name.rfind('/') + 1);
    const bool reserved =
        std::find(settings_.never_pages.begin(), settings_.never_pages.end(), first) != settings_.never_pages.end();
    if (reserved || !plain_name || last.find('.') != last.npos || !wants_page(request)) return std::nullopt;
    return answer(request, settings_.index, files_.find(settings_.index)->second);
}

Response StaticFiles::answer(const Request& request, const std::string& name, const File& file) const {
    const bool packed = file.packed && accepts_gzip(request) && !request.headers.has("Range");
    std::string body;
    if (packed || file.plain) {
        body = packed ? *file.packed : *file.plain;
    } else {
        body = gunzip(*file.packed, max_total).value();
    }
    auto response = bytes(std::move(body), content_type_of(name));
    const auto& tag = file.etag;
    response.with("ETag", packed ? tag.substr(0, tag.size() - 1) + "-gz\"" : tag);
    if (packed) response.with("Content-Encoding", "gzip");
    if (file.packed) response.with("Vary", "Accept-Encoding");
    const bool immutable = !settings_.immutable_under.empty() && name.starts_with(settings_.immutable_under);
    response.with("Cache-Control", immutable ? "public, max-age=31536000, immutable" : "no-cache");
    apply_not_modified(request, response);
    if (!packed) apply_range(request, response);
    return response;
}

}  // namespace plus7::http
