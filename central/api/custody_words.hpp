// The words of a parcel's custody paper, in Russian and English. Pure.
#pragma once
#include <string>
#include <string_view>

namespace plus7::central::api {

class CustodyWords {
  public:
    explicit CustodyWords(bool is_english) : is_english_(is_english) {}
    bool is_english() const { return is_english_; }
    // The name itself where there is no word for it.
    std::string operator()(std::string_view name) const;

  private:
    bool is_english_;
};

}  // namespace plus7::central::api
