// What the command line says, in English and Russian. The English sentence is the key, so that words of the running
// agent are translated too; a sentence without translation stays English. Pure.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>

namespace plus7::agent {

enum class Language { english, russian };
Language language_of(std::string_view lang);  // "ru_RU.UTF-8"; anything else is English
Language language_of_environment();           // LC_ALL, LC_MESSAGES, LANG, the first that is set

// Each "{}" is replaced by the next value.
std::string say(Language language, std::string_view english, std::initializer_list<std::string_view> values = {});

}  // namespace plus7::agent
