// Little-endian numbers in and out of a string of bytes, for model files.
//
// Reading past the end gives zeros and makes good() false: checked once a record, not once a byte.
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

namespace thaw::reading {

class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  std::uint8_t byte() {
    if (at_ >= bytes_.size()) {
      good_ = false;
      return 0;
    }
    return static_cast<std::uint8_t>(bytes_[at_++]);
  }
  std::uint32_t whole() {
    std::uint32_t out = 0;
    for (unsigned shift = 0; shift < 32; shift += 8) {
      out |= static_cast<std::uint32_t>(byte()) << shift;
    }
    return out;
  }
  float real() { return std::bit_cast<float>(whole()); }
  bool good() const { return good_; }
  bool at_end() const { return at_ == bytes_.size(); }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
  bool good_ = true;
};

class ByteWriter {
 public:
  void byte(std::uint8_t value) { out_ += static_cast<char>(value); }
  void whole(std::uint32_t value) {
    for (unsigned shift = 0; shift < 32; shift += 8) {
      byte(static_cast<std::uint8_t>(value >> shift & 0xFFU));
    }
  }
  void real(float value) { whole(std::bit_cast<std::uint32_t>(value)); }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

}  // namespace thaw::reading
