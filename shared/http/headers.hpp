// Header fields in the order they came; names compare without case. A plain value.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plus7::http {

bool same_name(std::string_view a, std::string_view b);  // ASCII, without case
std::string_view trimmed(std::string_view text);         // without blanks and tabs at either end
// "a, b ,c" → {"a", "b", "c"}; empty items are left out.
std::vector<std::string_view> list_items(std::string_view text, char separator = ',');

class Headers {
  public:
    using Field = std::pair<std::string, std::string>;

    // Throw std::invalid_argument when the name is no token, or the value holds a control character (header injection).
    void add(std::string_view name, std::string_view value);
    void set(std::string_view name, std::string_view value);  // replaces all of that name
    void set_if_missing(std::string_view name, std::string_view value);
    void remove(std::string_view name);

    bool has(std::string_view name) const { return get(name).has_value(); }
    std::optional<std::string_view> get(std::string_view name) const;  // the first
    std::string_view get_or(std::string_view name, std::string_view otherwise) const;
    std::vector<std::string_view> all(std::string_view name) const;
    std::size_t size() const { return fields_.size(); }
    auto begin() const { return fields_.begin(); }
    auto end() const { return fields_.end(); }

  private:
    std::vector<Field> fields_;
};

}  // namespace plus7::http
