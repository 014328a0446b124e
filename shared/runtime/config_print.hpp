// The effective configuration as TOML text: values in the order they were asked for, grouped by their tables. Internal
// to ConfigReader.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plus7::runtime {

class ConfigPrinter {
  public:
    // `value` is TOML already; `key` a dotted path with [n] for elements of arrays of tables.
    void add(std::string_view key, std::string value);
    void add_comment(std::string_view key, std::string comment);
    std::string text() const;

    static std::string quoted(std::string_view text);  // a TOML basic string

  private:
    struct Row {
        std::string table;
        std::string line;
    };
    std::vector<Row> rows_;
};

}  // namespace plus7::runtime
