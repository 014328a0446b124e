#include "central/jobs/backups.hpp"

#include <algorithm>
#include <stdexcept>

namespace plus7::central::jobs {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view prefix = "central-", ending = ".db";

// central-2026-11-27T180000Z.db: sorts by time, and no file system minds it.
std::string name_at(core::TimeUs now) {
    auto text = core::to_iso8601(std::chrono::floor<std::chrono::milliseconds>(now)).substr(0, 19);
    std::erase(text, ':');
    return std::string(prefix) + text + "Z" + std::string(ending);
}

std::optional<core::TimeUs> time_of(const fs::path& file) {
    auto text = file.filename().string();
    if (text.size() != name_at({}).size() || !text.starts_with(prefix) || !text.ends_with(ending)) return std::nullopt;
    text = text.substr(prefix.size(), 17);  // 2026-11-27T180000
    const auto time = core::from_iso8601(text.insert(15, ":").insert(13, ":") + ".000Z");
    if (!time) return std::nullopt;
    return *time;
}

}  // namespace

std::vector<fs::path> Backups::list() const {
    std::vector<fs::path> found;
    std::error_code error;  // no folder yet: no backups
    for (const auto& entry : fs::directory_iterator(folder_, error))
        if (time_of(entry.path())) found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    return found;
}

std::chrono::milliseconds Backups::due_in(std::chrono::milliseconds every, core::TimeUs now) const {
    const auto all = list();
    if (all.empty()) return {};
    const auto age = std::chrono::floor<std::chrono::milliseconds>(now - *time_of(all.back()));
    if (age < std::chrono::milliseconds{0} || age >= every) return {};  // from the future: the clock was set back
    return every - age;
}

core::Status Backups::make(sql::Database& db, core::TimeUs now) {
    std::error_code error;
    fs::create_directories(folder_, error);
    if (error) return core::unavailable("cannot make " + folder_.string() + ": " + error.message());
    fs::permissions(folder_, fs::perms::owner_all, error);
    const auto go_on = [this](sql::BackupProgress) {
        if (stopped_) throw std::runtime_error("central stops");
    };
    if (auto made = db.backup((folder_ / name_at(now)).string(), go_on); !made) return made;
    const auto all = list();
    for (std::size_t i = 0; i + keep_ < all.size(); ++i) {
        fs::remove(all[i], error);
        if (error) return core::unavailable("cannot remove the old " + all[i].string() + ": " + error.message());
    }
    return {};
}

}  // namespace plus7::central::jobs
