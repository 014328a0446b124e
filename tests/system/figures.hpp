// What central says of itself on /metrics.
#pragma once
#include <cstdint>
#include <string>

namespace plus7::test {

class Figures {
  public:
    explicit Figures(const std::string& url);  // asks now; throws when it is not answered

    // The sum over all lines of this name whose labels hold all of `label` ("outcome=\"refused\""); 0 when there is
    // none.
    std::uint64_t sum(const std::string& name, const std::string& label = {}) const;

  private:
    std::string text_;
};

// Every frame that came has ended in one way (I12).
bool add_up(const Figures& figures);

}  // namespace plus7::test
