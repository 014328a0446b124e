// One line of a partner's file: its cells made values, and what is wrong with them. Used by registry_file.
#pragma once
#include <string>

#include "central/app/registries/registry_file.hpp"

namespace plus7::central::app::registries {

class LineReader {
  public:
    LineReader(const Columns& columns, const std::string& zone, FileLine& line)
        : columns_(columns), zone_(zone), line_(line) {}

    std::string outer_ref();
    orders::NewParcel parcel();
    FileTerms terms();
    // Another line of the same order says nothing else than its first one.
    void compare(const FileLine& first);

  private:
    using Text = std::optional<std::string>;

    void fault(Column column, const char* code, std::string about = {});
    Text text(Column column, std::size_t longest);
    std::string required(Column column, std::size_t longest);
    // `read` gives nothing for what is not written as it should be.
    template <typename Read>
    auto value(Column column, Read read) -> decltype(read(std::string()));
    std::optional<core::LatLon> place();
    std::optional<store::Slot> slot();
    std::optional<store::Money> due();
    std::optional<std::int64_t> weight();

    const Columns& columns_;
    const std::string& zone_;
    FileLine& line_;
};

}  // namespace plus7::central::app::registries
