// The commonest passwords of ten characters and more, Latin and Russian: what guessing programs try first. Own short
// list of well-known patterns; folded, sorted.
#include <algorithm>
#include <array>
#include <string>

#include "central/app/accounts/passwords.hpp"

namespace plus7::central::app::accounts {
namespace {

constexpr std::array<std::string_view, 40> common{
    "0123456789",    "0987654321",   "1029384756",   "1111122222",   "111222333444", "1122334455",   "1234512345",
    "12345678900",   "123456789000", "1234567890",   "12345678901",  "123456789012", "123456789a",   "123456789q",
    "123456789z",    "1234567891",   "1q2w3e4r5t",   "1q2w3e4r5t6y", "1qaz2wsx3edc", "9876543210",   "abcdefghij",
    "administrator", "asdfghjkl1",   "changeme123",  "dostavka123",  "iloveyou123",  "letmein123",   "password01",
    "password12",    "password123",  "password1234", "q1w2e3r4t5",   "q1w2e3r4t5y6", "qazwsxedcrfv", "qwerty1234",
    "qwerty12345",   "qwerty123456", "qwertyuiop",   "welcome123",   "zxcvbnm123",
};
constexpr std::array<std::string_view, 6> common_russian{
    "йцукенгшщз", "йцукенгшщзхъ", "пароль1234", "пароль12345", "привет1234", "фывапролдж",
};

}  // namespace

bool is_common_password(std::string_view password) {
    const auto lists = [&](const auto& list) { return std::find(list.begin(), list.end(), password) != list.end(); };
    return lists(common) || lists(common_russian);
}

}  // namespace plus7::central::app::accounts
