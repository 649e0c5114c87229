#include "gaze/wav.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <optional>

namespace thaw::gaze {
namespace {

constexpr std::size_t kChunkHead = 8;
constexpr std::size_t kRiffHead = 12;
constexpr std::uint32_t kUnknownFrom = 0x7FFFF000U - 0x1000U;  // what writers to a pipe put in
constexpr unsigned kPcm = 1, kFloat = 3, kExtensible = 0xFFFE;
constexpr unsigned kRateMin = 8000, kRateMax = 192'000;

std::uint32_t number_at(std::string_view bytes, std::size_t at, unsigned size) {
  std::uint32_t value = 0;
  for (unsigned k = 0; k < size; ++k) {
    value |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + k])) << (8 * k);
  }
  return value;
}

void put_number(std::string& bytes, std::size_t at, std::uint32_t value, unsigned size = 4) {
  for (unsigned k = 0; k < size; ++k) {
    bytes[at + k] = static_cast<char>((value >> (8 * k)) & 0xFFU);
  }
}

Error no_wav(std::string_view why) {
  return corrupt(fmt::format("the sound is no WAV file that can be played: {}", why));
}

/// Reads the "fmt " chunk.
Result<Done> take_format(std::string_view chunk, Wav& wav) {
  if (chunk.size() < 16) {
    return no_wav("its format is cut short");
  }
  unsigned kind = number_at(chunk, 0, 2);
  if (kind == kExtensible && chunk.size() >= 40) {
    kind = number_at(chunk, 24, 2);  // the first two bytes of the GUID
  }
  wav.channels = number_at(chunk, 2, 2);
  wav.frames_per_second = number_at(chunk, 4, 4);
  wav.bits = number_at(chunk, 14, 2);
  wav.floating = kind == kFloat;
  const bool whole =
      kind == kPcm && (wav.bits == 8 || wav.bits == 16 || wav.bits == 24 || wav.bits == 32);
  if (!whole && !(kind == kFloat && wav.bits == 32)) {
    return no_wav(fmt::format(
        "format {} of {} bits; PCM of 8, 16, 24 or 32 or float of 32 is wanted", kind, wav.bits));
  }
  if (wav.channels < 1 || wav.channels > 2) {
    return no_wav(fmt::format("{} channels; one or two are wanted", wav.channels));
  }
  if (wav.frames_per_second < kRateMin || wav.frames_per_second > kRateMax) {
    return no_wav(
        fmt::format("{} samples a second; 8,000 to 192,000 are wanted", wav.frames_per_second));
  }
  if (number_at(chunk, 12, 2) != wav.channels * wav.bits / 8) {
    return no_wav("its frames have not the size of its samples");
  }
  return Done{};
}

/// Where a chunk's contents lie and how long it says it is.
struct Chunk {
  std::string_view name;
  std::size_t at = 0;
  std::uint32_t bytes = 0;
};

std::optional<Chunk> chunk_at(std::string_view bytes, std::size_t at) {
  if (at + kChunkHead > bytes.size()) {
    return std::nullopt;
  }
  return Chunk{bytes.substr(at, 4), at + kChunkHead, number_at(bytes, at + 4, 4)};
}

/// How many bytes of sound there are, by the header or by the file's end.
Result<std::size_t> sound_bytes(const Chunk& data, std::size_t there, unsigned frame) {
  const bool unknown = data.bytes == 0 || data.bytes >= kUnknownFrom;
  if (!unknown && data.bytes > there) {
    return no_wav(fmt::format("it is cut short: {} bytes of sound of {}", there, data.bytes));
  }
  const std::size_t bytes = unknown ? there : data.bytes;
  const std::size_t whole = bytes / frame * frame;
  if (whole == 0) {
    return no_wav("there is no sound in it");
  }
  return whole;
}

float sample_at(const Wav& wav, std::size_t frame) {
  const unsigned bytes = wav.bits / 8;
  const std::size_t at = wav.sound_at + frame * wav.channels * bytes;
  const std::uint32_t raw = number_at(wav.bytes, at, bytes);
  if (wav.floating) {
    const auto value = std::bit_cast<float>(raw);
    return std::isfinite(value) ? std::clamp(value, -1.0F, 1.0F) : 0.0F;
  }
  if (bytes == 1) {
    return (static_cast<float>(raw) - 128.0F) / 128.0F;
  }
  const auto shifted = static_cast<std::int32_t>(raw << (32 - wav.bits));
  return static_cast<float>(shifted) / 2147483648.0F;
}

}  // namespace

std::size_t Wav::frames() const {
  return (bytes.size() - sound_at) / (channels * bits / 8);
}

int Wav::duration_ms() const {
  const auto ms = static_cast<std::uint64_t>(frames()) * 1000 / frames_per_second;
  return static_cast<int>(
      std::min<std::uint64_t>(ms, static_cast<std::uint64_t>(std::numeric_limits<int>::max())));
}

Result<Wav> read_wav(std::string bytes) {
  if (bytes.size() < kRiffHead || std::string_view(bytes).substr(0, 4) != "RIFF" ||
      std::string_view(bytes).substr(8, 4) != "WAVE") {
    return no_wav("it does not begin as one");
  }
  if (bytes.size() >= kUnknownFrom) {
    return no_wav("it is over 2 GB");
  }
  Wav wav;
  bool formatted = false;
  for (std::size_t at = kRiffHead;;) {
    const auto chunk = chunk_at(bytes, at);
    if (!chunk) {
      return no_wav(formatted ? "it has no sound part" : "it has no format part");
    }
    const std::size_t there = bytes.size() - chunk->at;
    if (chunk->name == "data") {
      if (!formatted) {
        return no_wav("its sound comes before its format");
      }
      THAW_TRY(const std::size_t sound, sound_bytes(*chunk, there, wav.channels * wav.bits / 8));
      wav.sound_at = chunk->at;
      bytes.resize(chunk->at + sound);
      put_number(bytes, chunk->at - 4, static_cast<std::uint32_t>(sound));
      put_number(bytes, 4, static_cast<std::uint32_t>(bytes.size() - kChunkHead));
      wav.bytes = std::move(bytes);
      return wav;
    }
    if (chunk->bytes > there) {
      return no_wav("a part of it is cut short");
    }
    if (chunk->name == "fmt ") {
      if (formatted) {
        return no_wav("it has two formats");
      }
      THAW_CHECK(take_format(std::string_view(bytes).substr(chunk->at, chunk->bytes), wav));
      formatted = true;
    }
    at = chunk->at + chunk->bytes + chunk->bytes % 2;
  }
}

std::vector<float> loudness(const Wav& wav, unsigned step_ms) {
  const std::size_t step =
      std::max<std::size_t>(1, std::size_t{wav.frames_per_second} * step_ms / 1000);
  const std::size_t frames = wav.frames();
  std::vector<float> out;
  for (std::size_t at = 0; at < frames; at += step) {
    const std::size_t end = std::min(frames, at + step);
    float sum = 0;
    for (std::size_t k = at; k < end; ++k) {
      sum += std::abs(sample_at(wav, k));
    }
    out.push_back(sum / static_cast<float>(end - at));
  }
  return out;
}

std::string write_wav(const std::vector<std::int16_t>& samples, unsigned frames_per_second) {
  const std::size_t sound = samples.size() * 2;
  std::string bytes("RIFF....WAVEfmt ........................data....");
  bytes.resize(44);
  put_number(bytes, 4, static_cast<std::uint32_t>(36 + sound));
  put_number(bytes, 16, 16);
  put_number(bytes, 20, kPcm, 2);
  put_number(bytes, 22, 1, 2);
  put_number(bytes, 24, frames_per_second);
  put_number(bytes, 28, frames_per_second * 2);
  put_number(bytes, 32, 2, 2);
  put_number(bytes, 34, 16, 2);
  bytes.replace(36, 4, "data");
  put_number(bytes, 40, static_cast<std::uint32_t>(sound));
  bytes.reserve(44 + sound);
  for (const std::int16_t sample : samples) {
    const auto raw = static_cast<std::uint16_t>(sample);
    bytes += static_cast<char>(raw & 0xFFU);
    bytes += static_cast<char>(raw >> 8U);
  }
  return bytes;
}

}  // namespace thaw::gaze
