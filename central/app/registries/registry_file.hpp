// A partner's file, read and checked by itself: its lines, and the orders that they make. A line is whole or not at
// all, and so is an order: one wrong line keeps the others of its order back. Pure functions; values.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "central/app/orders/orders.hpp"
#include "central/app/registries/columns.hpp"
#include "central/store/registry_import_store.hpp"
#include "shared/core/bytes.hpp"

namespace plus7::central::app::registries {

constexpr std::size_t most_lines = 10'000;
constexpr std::size_t most_bytes = 10 * 1024 * 1024;

// What is wrong with a cell (`field`) or with the line as a whole (empty). Codes: required, too_long, malformed,
// out_of_range, wrong, shortened, differs, duplicate, other_line; of the order: see order_plan.hpp.
using Fault = store::ImportFault;

struct FileLine {
    std::int64_t line = 0;           // of the file; its header is usually 1
    std::vector<std::string> cells;  // as they came
    std::vector<Fault> faults;
    orders::NewParcel parcel;
};

// What the lines of one order say together. What a file has no column for is nothing here.
struct FileTerms {
    std::string recipient, address;
    std::optional<std::string> phone, entrance, floor, intercom, comment;
    std::optional<core::LatLon> where;
    std::optional<store::Slot> slot;
    std::optional<store::Money> due;
    std::optional<std::vector<std::string>> proof;
    bool operator==(const FileTerms&) const = default;
};

struct FileOrder {
    std::string outer_ref;  // empty: the line is rejected for it
    FileTerms terms;
    std::vector<std::size_t> lines;  // places in the file's list: each is a parcel
    bool is_good = true;
};

struct RegistryFile {
    core::Hash hash;
    std::vector<std::string> header;
    Columns columns;
    std::vector<FileLine> lines;
    std::vector<FileOrder> orders;
};

// Why a file is not read at all: the field is "file" or "file.phone".
struct FileFault {
    std::string field, code, detail;
};
struct FileRead {
    std::optional<RegistryFile> file;  // or faults
    std::vector<FileFault> faults;
};
// `zone`: IANA, of the depot; times of slots are those of its clock.
FileRead read_file(std::string_view bytes, const std::string& zone);

}  // namespace plus7::central::app::registries
