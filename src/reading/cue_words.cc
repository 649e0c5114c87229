#include "reading/cue_words.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

namespace thaw::reading {
namespace {

struct Entry {
  std::string_view words;  // separated by spaces; a final '$' means the whole word
  Cue cue;
};

// Beginnings of words, by what they tell.
constexpr std::array kEnglish = {
    Entry{
        "increas elevat enhanc activat stimulat upregulat augment promot potentiat rais$ raises$ "
        "raised$ raising$ facilitat boost induct trigger evok rise$ rose$ higher amplif accumulat "
        "upreg overproduc prolong extend accelerat strengthen heighten gain gained enrich "
        "restor mobiliz mobilis sensitiz sensitis transactivat",
        Cue::kRaises},
    Entry{"decreas reduc inhibit suppress downregulat attenuat block lower lowers abolish diminish "
          "impair abrogat repress antagoni deplet silenc prevent revers disrupt declin fell$ fall$ "
          "falls$ lessen alleviat ameliorat mitigat eliminat curtail shorten slow slows slowed "
          "slowing downreg inactivat interfer counteract dampen quench abat neutraliz neutralis "
          "arrest delay limit minimiz minimis smaller degrad",
          Cue::kLowers},
    Entry{
        "cause$ causes$ caused$ causing$ causal causat causative induc produc provok lead$ leads$ "
        "leading$ led$ result$ results$ resulted$ resulting$ due$ because$ owing$ responsible "
        "precipitat elicit develop$ developed$ develops$ contribut underl mediat consequen "
        "secondary attribut pathogenic etiolog aetiolog mechanism driv initiat generat culpri",
        Cue::kCauses},
    Entry{"treat treated$ treatment therap protect neuroprotect cardioprotect ameliorat alleviat "
          "improv reliev relief prevent cure$ cures$ cured$ curative manag prophyla rescue rescues "
          "rescued remission respon efficac benefi attenuat antihypertens analges anticonvuls "
          "antitumor antitumour antidepress recover heal control$ controls$ controlled$ mitigat "
          "revers anti$ amelior",
          Cue::kTreats},
    Entry{"worsen aggravat exacerbat deteriorat accelerat intensif complicat", Cue::kWorsens},
    Entry{"risk suscept predispos vulnerab prone$ predict prognos hazard odds$ likelihood "
          "incidence",
          Cue::kRisk},
    Entry{
        "associat correlat link$ links$ linked$ linkage relat involv implicat connect role$ roles$ "
        "connected$ concomitant accompan coincid",
        Cue::kAssociates},
    Entry{"regulat modulat affect$ affects$ affected$ affecting$ alter influenc effect$ effects$ "
          "chang impact target control",
          Cue::kNoSign},
    Entry{"bind binds$ bound$ interact complex coimmuno coprecip affinit ligand receptor associat "
          "recruit dimer occup dock phosphorylat",
          Cue::kBinds},
    Entry{"deficien knockout knockdown absen lack$ lacks$ lacking$ null$ loss$ lost$ deplet delet "
          "ko$ sirna shrna haploinsuff insufficien disrupt ablat truncat nonsense withdraw "
          "discontinu cessation without$ knocked$ silenc hypo",
          Cue::kLoss},
    Entry{"overexpress transgen ectopic excess elevat hyper amplificat gain overload "
          "accumulat supplement high$",
          Cue::kGain},
    Entry{"inhibitor antagonist blocker blockade antisense suppressor antibod antibodies$ "
          "neutraliz inverse$",
          Cue::kBlocker},
    Entry{"agonist activator inducer stimulator enhancer analog mimetic", Cue::kHelper},
    Entry{"mutat variant allel polymorphism carrier homozygo heterozygo genotyp haplotyp snp "
          "substitut missense frameshift insert duplicat transition$ splic exon codon wild$ "
          "compound$ novel$ pathogenic",
          Cue::kMutation},
    Entry{"not$ no$ nor$ neither$ without$ fail lack$ lacks$ lacking$ never$ none$ cannot$ unable$ "
          "absence$ unlikely$ exclud rather$ hardly$ little$ instead$ failure$ nonsignific t$",
          Cue::kNegation},
    Entry{"unaffect unchang unalter ineffect insignific similar$ comparable$ equal independent "
          "irrespective unrelated$ uncorrelated$ nonsignific ns$ no$ neither$",
          Cue::kNull},
    Entry{"may$ might$ could$ can$ suggest possib potential$ potentially$ probabl likely$ appear "
          "seem$ seems$ hypothes propos speculat putativ presum perhaps$ would$ suspect unclear "
          "unknown controvers whether$ if$ investigat examin assess evaluat studied$ determin aim "
          "aimed$ purpose$ objective$",
          Cue::kHedge},
    Entry{"treated$ treating$ receiv administ dose$ doses$ dosage infus inject oral$ orally$ "
          "therapy$ "
          "treatment exposure exposed$ taking$ given$ mg$ chronic$ pretreat after$ following$ "
          "during$ intoxicat overdos abus use$ user users$ ingest challeng intraven withdraw",
          Cue::kTreatment},
    Entry{"toxic adverse side$ neurotox nephrotox cardiotox hepatotox ototox harm injur lesion "
          "damage$ damaged$ hypersens reaction complication overdose poison fatal",
          Cue::kHarm},
    Entry{"patient case$ cases$ subject$ subjects$ famil proband individual child women$ men$ "
          "cohort pedigree affected$ sibling",
          Cue::kPatients},
    Entry{"combin coadmin cotreat together$ plus$ concurrent adjunct simultan synerg both$ regimen "
          "addition$ coexpos",
          Cue::kTogether},
    Entry{"versus$ vs$ compar than$ relative$ whereas$ differ superior inferior random placebo",
          Cue::kCompares},
    Entry{"resist refractory$ insensitiv toleran desensiti nonrespon", Cue::kResists},
    Entry{"expression$ express level$ levels$ mrna protein transcri concentrat secret synthes "
          "releas activit serum$ plasma$ phosphorylat",
          Cue::kExpression},
    Entry{"better$ beneficial effective$ effectiv success safe$ favor favour useful$ superior",
          Cue::kBetter},
    Entry{"by$ via$ through$", Cue::kPassive},
};

using Table = std::unordered_map<std::string_view, CueSet>;

struct Lexicon {
  Table whole, beginning;
  std::size_t longest = 0;
};

Lexicon make_lexicon() {
  Lexicon out;
  for (const Entry& entry : kEnglish) {
    std::string_view rest = entry.words;
    while (!rest.empty()) {
      const std::size_t space = rest.find(' ');
      std::string_view word = rest.substr(0, space);
      rest = space == std::string_view::npos ? std::string_view() : rest.substr(space + 1);
      if (word.ends_with('$')) {
        word.remove_suffix(1);
        out.whole[word] |= bit(entry.cue);
      } else {
        out.beginning[word] |= bit(entry.cue);
        out.longest = std::max(out.longest, word.size());
      }
    }
  }
  return out;
}

const Lexicon& lexicon() {
  static const Lexicon kept = make_lexicon();
  return kept;
}

struct Phrase {
  std::string_view words;
  CueSet cues;
};

// Chinese phrases; a longer one hides the shorter ones inside it.
constexpr std::array kChinese = {
    Phrase{"增加", bit(Cue::kRaises)},
    Phrase{"升高", bit(Cue::kRaises)},
    Phrase{"提高", bit(Cue::kRaises)},
    Phrase{"上调", bit(Cue::kRaises)},
    Phrase{"激活", bit(Cue::kRaises)},
    Phrase{"促进", bit(Cue::kRaises)},
    Phrase{"增强", bit(Cue::kRaises)},
    Phrase{"延长", bit(Cue::kRaises)},
    Phrase{"加速", bit(Cue::kRaises)},
    Phrase{"诱发", bit(Cue::kCauses)},
    Phrase{"诱导", bit(Cue::kCauses)},
    Phrase{"降低", bit(Cue::kLowers)},
    Phrase{"减少", bit(Cue::kLowers)},
    Phrase{"减轻", bit(Cue::kLowers) | bit(Cue::kTreats)},
    Phrase{"抑制", bit(Cue::kLowers)},
    Phrase{"下调", bit(Cue::kLowers)},
    Phrase{"阻断", bit(Cue::kLowers)},
    Phrase{"减缓", bit(Cue::kLowers)},
    Phrase{"延缓", bit(Cue::kLowers)},
    Phrase{"减慢", bit(Cue::kLowers)},
    Phrase{"缩短", bit(Cue::kLowers)},
    Phrase{"削弱", bit(Cue::kLowers)},
    Phrase{"阻止", bit(Cue::kLowers)},
    Phrase{"导致", bit(Cue::kCauses)},
    Phrase{"引起", bit(Cue::kCauses)},
    Phrase{"造成", bit(Cue::kCauses)},
    Phrase{"致使", bit(Cue::kCauses)},
    Phrase{"致病", bit(Cue::kCauses)},
    Phrase{"引发", bit(Cue::kCauses)},
    Phrase{"所致", bit(Cue::kCauses)},
    Phrase{"病因", bit(Cue::kCauses)},
    Phrase{"治疗", bit(Cue::kTreats)},
    Phrase{"改善", bit(Cue::kTreats)},
    Phrase{"缓解", bit(Cue::kTreats)},
    Phrase{"保护", bit(Cue::kTreats)},
    Phrase{"预防", bit(Cue::kTreats)},
    Phrase{"防止", bit(Cue::kTreats)},
    Phrase{"逆转", bit(Cue::kTreats)},
    Phrase{"有效", bit(Cue::kBetter)},
    Phrase{"加重", bit(Cue::kWorsens)},
    Phrase{"恶化", bit(Cue::kWorsens)},
    Phrase{"加剧", bit(Cue::kWorsens)},
    Phrase{"风险", bit(Cue::kRisk)},
    Phrase{"危险", bit(Cue::kRisk)},
    Phrase{"易感", bit(Cue::kRisk)},
    Phrase{"相关", bit(Cue::kAssociates)},
    Phrase{"有关", bit(Cue::kAssociates)},
    Phrase{"关联", bit(Cue::kAssociates)},
    Phrase{"参与", bit(Cue::kAssociates)},
    Phrase{"调节", bit(Cue::kNoSign)},
    Phrase{"调控", bit(Cue::kNoSign)},
    Phrase{"影响", bit(Cue::kNoSign)},
    Phrase{"作用", bit(Cue::kNoSign)},
    Phrase{"结合", bit(Cue::kBinds)},
    Phrase{"缺失", bit(Cue::kLoss)},
    Phrase{"缺乏", bit(Cue::kLoss)},
    Phrase{"缺陷", bit(Cue::kLoss)},
    Phrase{"敲除", bit(Cue::kLoss)},
    Phrase{"敲低", bit(Cue::kLoss)},
    Phrase{"沉默", bit(Cue::kLoss)},
    Phrase{"过表达", bit(Cue::kGain)},
    Phrase{"过度表达", bit(Cue::kGain)},
    Phrase{"抑制剂", bit(Cue::kBlocker)},
    Phrase{"拮抗剂", bit(Cue::kBlocker)},
    Phrase{"阻滞剂", bit(Cue::kBlocker)},
    Phrase{"激动剂", bit(Cue::kHelper)},
    Phrase{"激活剂", bit(Cue::kHelper)},
    Phrase{"突变", bit(Cue::kMutation)},
    Phrase{"变异", bit(Cue::kMutation)},
    Phrase{"未能", bit(Cue::kNegation)},
    Phrase{"没有", bit(Cue::kNegation)},
    Phrase{"并未", bit(Cue::kNegation)},
    Phrase{"未见", bit(Cue::kNegation)},
    Phrase{"未发现", bit(Cue::kNegation)},
    Phrase{"未", bit(Cue::kNegation)},
    Phrase{"不能", bit(Cue::kNegation)},
    Phrase{"不会", bit(Cue::kNegation)},
    Phrase{"并不", bit(Cue::kNegation)},
    Phrase{"不", bit(Cue::kNegation)},
    Phrase{"无法", bit(Cue::kNegation)},
    Phrase{"并非", bit(Cue::kNegation)},
    Phrase{"无显著差异", bit(Cue::kNull)},
    Phrase{"无明显差异", bit(Cue::kNull)},
    Phrase{"无统计学意义", bit(Cue::kNull)},
    Phrase{"差异无统计学意义", bit(Cue::kNull)},
    Phrase{"差异无显著性", bit(Cue::kNull)},
    Phrase{"无显著影响", bit(Cue::kNull)},
    Phrase{"无明显影响", bit(Cue::kNull)},
    Phrase{"没有影响", bit(Cue::kNull)},
    Phrase{"没有显著影响", bit(Cue::kNull)},
    Phrase{"无影响", bit(Cue::kNull)},
    Phrase{"无效", bit(Cue::kNull)},
    Phrase{"无关", bit(Cue::kNull)},
    Phrase{"可能", bit(Cue::kHedge)},
    Phrase{"或许", bit(Cue::kHedge)},
    Phrase{"也许", bit(Cue::kHedge)},
    Phrase{"推测", bit(Cue::kHedge)},
    Phrase{"提示", bit(Cue::kHedge)},
    Phrase{"疑似", bit(Cue::kHedge)},
    Phrase{"有望", bit(Cue::kHedge)},
    Phrase{"尚不清楚", bit(Cue::kHedge)},
    Phrase{"尚不明确", bit(Cue::kHedge)},
    Phrase{"是否", bit(Cue::kHedge)},
    Phrase{"探讨", bit(Cue::kHedge)},
    Phrase{"研究目的", bit(Cue::kHedge)},
    // Words that hold one of the above and mean something else.
    Phrase{"不良反应", bit(Cue::kHarm)},
    Phrase{"不同", 0},
    Phrase{"不仅", 0},
    Phrase{"不但", 0},
    Phrase{"不断", 0},
    Phrase{"未来", 0},
    Phrase{"不适", 0},
    Phrase{"副作用", bit(Cue::kHarm)},
    Phrase{"相互作用", bit(Cue::kBinds)},
    Phrase{"不可逆转", 0},
    Phrase{"毒性", bit(Cue::kHarm)},
    Phrase{"患者", bit(Cue::kPatients)},
    Phrase{"被", bit(Cue::kPassive)},
    Phrase{"由", bit(Cue::kPassive)},
};

}  // namespace

CueSet cues_of(std::string_view lower) {
  const Lexicon& known = lexicon();
  CueSet out = 0;
  if (const auto found = known.whole.find(lower); found != known.whole.end()) {
    out |= found->second;
  }
  for (std::size_t size = std::min(lower.size(), known.longest); size >= 3; --size) {
    const auto found = known.beginning.find(lower.substr(0, size));
    if (found != known.beginning.end()) {
      out |= found->second;
      break;  // The longest beginning speaks.
    }
  }
  return out;
}

std::vector<FoundCue> find_chinese_cues(std::string_view text, const Span& within) {
  std::vector<FoundCue> out;
  for (std::size_t at = within.begin; at < within.end;) {
    const std::string_view rest = text.substr(at, within.end - at);
    const Phrase* best = nullptr;
    if (static_cast<unsigned char>(text[at]) >= 0x80) {
      for (const Phrase& phrase : kChinese) {
        if (rest.starts_with(phrase.words) &&
            (best == nullptr || phrase.words.size() > best->words.size())) {
          best = &phrase;
        }
      }
    }
    if (best == nullptr) {
      ++at;
      continue;
    }
    if (best->cues != 0) {
      out.push_back({{at, at + best->words.size()}, best->cues});
    }
    at += best->words.size();
  }
  return out;
}

}  // namespace thaw::reading
