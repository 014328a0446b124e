// A password, token or key: has to be revealed on purpose, and cannot be given to the log. Value type.
#pragma once
#include <string>
#include <utility>

namespace plus7::runtime {

class Secret {
  public:
    Secret() = default;
    explicit Secret(std::string text) : text_(std::move(text)) {}
    const std::string& reveal() const { return text_; }
    bool empty() const { return text_.empty(); }

  private:
    std::string text_;
};

}  // namespace plus7::runtime
