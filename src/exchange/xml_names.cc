#include "exchange/xml_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace thaw::exchange {
namespace {

using Named = std::pair<std::string_view, std::string_view>;

// By name in bytes; the values are UTF-8.
constexpr auto kNamed = std::to_array<Named>({
    {"AElig", "\xc3\x86"},      {"Aacute", "\xc3\x81"},     {"Acirc", "\xc3\x82"},
    {"Agrave", "\xc3\x80"},     {"Alpha", "\xce\x91"},      {"Aring", "\xc3\x85"},
    {"Atilde", "\xc3\x83"},     {"Auml", "\xc3\x84"},       {"Beta", "\xce\x92"},
    {"Ccedil", "\xc3\x87"},     {"Chi", "\xce\xa7"},        {"Delta", "\xce\x94"},
    {"Eacute", "\xc3\x89"},     {"Ecirc", "\xc3\x8a"},      {"Egrave", "\xc3\x88"},
    {"Epsilon", "\xce\x95"},    {"Eta", "\xce\x97"},        {"Euml", "\xc3\x8b"},
    {"Gamma", "\xce\x93"},      {"Iacute", "\xc3\x8d"},     {"Icirc", "\xc3\x8e"},
    {"Igrave", "\xc3\x8c"},     {"Iota", "\xce\x99"},       {"Iuml", "\xc3\x8f"},
    {"Kappa", "\xce\x9a"},      {"Lambda", "\xce\x9b"},     {"Mu", "\xce\x9c"},
    {"Ntilde", "\xc3\x91"},     {"Nu", "\xce\x9d"},         {"Oacute", "\xc3\x93"},
    {"Ocirc", "\xc3\x94"},      {"Ograve", "\xc3\x92"},     {"Omega", "\xce\xa9"},
    {"Omicron", "\xce\x9f"},    {"Oslash", "\xc3\x98"},     {"Otilde", "\xc3\x95"},
    {"Ouml", "\xc3\x96"},       {"Phi", "\xce\xa6"},        {"Pi", "\xce\xa0"},
    {"Prime", "\xe2\x80\xb3"},  {"Psi", "\xce\xa8"},        {"Rho", "\xce\xa1"},
    {"Sigma", "\xce\xa3"},      {"Tau", "\xce\xa4"},        {"Theta", "\xce\x98"},
    {"Uacute", "\xc3\x9a"},     {"Ucirc", "\xc3\x9b"},      {"Ugrave", "\xc3\x99"},
    {"Upsilon", "\xce\xa5"},    {"Uuml", "\xc3\x9c"},       {"Xi", "\xce\x9e"},
    {"Yacute", "\xc3\x9d"},     {"Zeta", "\xce\x96"},       {"aacute", "\xc3\xa1"},
    {"acirc", "\xc3\xa2"},      {"aelig", "\xc3\xa6"},      {"agrave", "\xc3\xa0"},
    {"alpha", "\xce\xb1"},      {"aring", "\xc3\xa5"},      {"asymp", "\xe2\x89\x88"},
    {"atilde", "\xc3\xa3"},     {"auml", "\xc3\xa4"},       {"beta", "\xce\xb2"},
    {"bull", "\xe2\x80\xa2"},   {"ccedil", "\xc3\xa7"},     {"chi", "\xcf\x87"},
    {"copy", "\xc2\xa9"},       {"darr", "\xe2\x86\x93"},   {"deg", "\xc2\xb0"},
    {"delta", "\xce\xb4"},      {"divide", "\xc3\xb7"},     {"eacute", "\xc3\xa9"},
    {"ecirc", "\xc3\xaa"},      {"egrave", "\xc3\xa8"},     {"emsp", "\xe2\x80\x83"},
    {"ensp", "\xe2\x80\x82"},   {"epsilon", "\xce\xb5"},    {"eta", "\xce\xb7"},
    {"euml", "\xc3\xab"},       {"frac12", "\xc2\xbd"},     {"frac14", "\xc2\xbc"},
    {"frac34", "\xc2\xbe"},     {"gamma", "\xce\xb3"},      {"ge", "\xe2\x89\xa5"},
    {"harr", "\xe2\x86\x94"},   {"hellip", "\xe2\x80\xa6"}, {"iacute", "\xc3\xad"},
    {"icirc", "\xc3\xae"},      {"igrave", "\xc3\xac"},     {"infin", "\xe2\x88\x9e"},
    {"iota", "\xce\xb9"},       {"iuml", "\xc3\xaf"},       {"kappa", "\xce\xba"},
    {"lambda", "\xce\xbb"},     {"laquo", "\xc2\xab"},      {"larr", "\xe2\x86\x90"},
    {"ldquo", "\xe2\x80\x9c"},  {"le", "\xe2\x89\xa4"},     {"lsquo", "\xe2\x80\x98"},
    {"mdash", "\xe2\x80\x94"},  {"micro", "\xc2\xb5"},      {"middot", "\xc2\xb7"},
    {"minus", "\xe2\x88\x92"},  {"mu", "\xce\xbc"},         {"nbsp", "\xc2\xa0"},
    {"ndash", "\xe2\x80\x93"},  {"ne", "\xe2\x89\xa0"},     {"ntilde", "\xc3\xb1"},
    {"nu", "\xce\xbd"},         {"oacute", "\xc3\xb3"},     {"ocirc", "\xc3\xb4"},
    {"ograve", "\xc3\xb2"},     {"omega", "\xcf\x89"},      {"omicron", "\xce\xbf"},
    {"oslash", "\xc3\xb8"},     {"otilde", "\xc3\xb5"},     {"ouml", "\xc3\xb6"},
    {"para", "\xc2\xb6"},       {"phi", "\xcf\x86"},        {"pi", "\xcf\x80"},
    {"plusmn", "\xc2\xb1"},     {"prime", "\xe2\x80\xb2"},  {"psi", "\xcf\x88"},
    {"radic", "\xe2\x88\x9a"},  {"raquo", "\xc2\xbb"},      {"rarr", "\xe2\x86\x92"},
    {"rdquo", "\xe2\x80\x9d"},  {"reg", "\xc2\xae"},        {"rho", "\xcf\x81"},
    {"rsquo", "\xe2\x80\x99"},  {"sect", "\xc2\xa7"},       {"sigma", "\xcf\x83"},
    {"sigmaf", "\xcf\x82"},     {"sim", "\xe2\x88\xbc"},    {"sum", "\xe2\x88\x91"},
    {"sup1", "\xc2\xb9"},       {"sup2", "\xc2\xb2"},       {"sup3", "\xc2\xb3"},
    {"szlig", "\xc3\x9f"},      {"tau", "\xcf\x84"},        {"theta", "\xce\xb8"},
    {"thinsp", "\xe2\x80\x89"}, {"times", "\xc3\x97"},      {"trade", "\xe2\x84\xa2"},
    {"uacute", "\xc3\xba"},     {"uarr", "\xe2\x86\x91"},   {"ucirc", "\xc3\xbb"},
    {"ugrave", "\xc3\xb9"},     {"upsilon", "\xcf\x85"},    {"uuml", "\xc3\xbc"},
    {"xi", "\xce\xbe"},         {"yacute", "\xc3\xbd"},     {"zeta", "\xce\xb6"},
});
static_assert(std::ranges::is_sorted(kNamed, {}, &Named::first));

}  // namespace

std::string named_character(std::string_view name) {
  const auto at = std::ranges::lower_bound(kNamed, name, {}, &Named::first);
  return at != kNamed.end() && at->first == name ? std::string(at->second)
                                                 : fmt::format("&{};", name);
}

}  // namespace thaw::exchange
