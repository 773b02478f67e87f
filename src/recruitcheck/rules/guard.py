"""A second guard on page passages, besides the screen: private life said of a person. Pure.

The screen (`rules/screen.py`) knows terms and their contexts from the policy's refusal files. This
guard asks a blunter question of a sentence that is about to be shown: does it speak of somebody
(I, he, she, they, my …) *and* of health, family, belief, origin, age, union, politics or crime?
Where it does, those words count as protected, whatever the screen made of them, because a wrong
showing cannot be undone (Equality Act 2010 part 2; UK GDPR articles 9 and 10).
"""

from __future__ import annotations

import re

_SOMEONE = re.compile(
    r"\b(?:i|i['’](?:m|ve|d|ll)|me|my|mine|myself|we|our|us|he|him|his|himself|she|her|hers|herself|"
    r"(?:he|she)['’](?:s|d|ll)|they|them|their|theirs|themsel(?:f|ves)|who|whose|"
    r"je|j['’]\w+|mon|ma|mes|il|elle|sa|ses|ich|mein\w*|er|sie|sein\w*|ihr\w*|"
    r"yo|mi|mis|él|ella|su|sus|fy|fe|hi|ei|ja|mój|moja|moje|jestem|jest|jej|jego)\b",
    re.IGNORECASE,
)
"""Any word for somebody, the writer included; `who` and the small words of other languages too."""
_ONE_PERSON = re.compile(
    r"(?<![\w./-])(?:i(?![.=/-]\S)|i['’](?:m|ve|d|ll)|me|my|mine|myself|he|him|his|himself|she|her|hers|herself|"
    r"(?:he|she)['’](?:s|d|ll)|je|j['’]\w+|mon|ma|mes|elle|ich|mein\w*|soy|yo|mi|mis|ella|"
    r"jestem|mój|moja|moje|rwy['’]n|dw|fy)\b",
    re.IGNORECASE,
)
"""Words for one person; an `i` in an address, a version or `i=1` is none."""
_WE = re.compile(r"\b(?:we|we['’](?:ve|re|d|ll)|us|our|ours|ourselves)\b", re.IGNORECASE)
_PRIVATE = re.compile(
    r"""\b(?:
    # health and disability
    diagnos(?:ed|is|es) | cancers? | tumou?rs? | chemo\w* | radiotherapy | leuk(?:a?e)mia |
    surger(?:y|ies) |
    hospitali[sz]ed | (?:in|from|to|left)\shospital | a\s?\&\s?e | operations?\son |
    my\soperation |
    hip\sreplacement | depress(?:ion|ed|ive) | anxiety | panic\sattacks? | bipolar | schizo\w+ |
    ptsd | ocd |
    burn-?out | burnt\sout | breakdown | mental\shealth | suicid\w+ | self-?harm\w* |
    eating\sdisorder | anorexi\w+ |
    bulimi\w+ | therap(?:y|ist)s? | counsell(?:ing|or) | antidepressants? | medication |
    sertraline | insulin |
    diabet\w+ | epilep\w+ | seizures? | asthma\w* | arthritis | fibromyalgia | lupus | crohn\S* |
    colitis |
    coeliac | ibs | endometriosis | pcos | menopaus\w+ | hrt | migraines? | stroke |
    heart\s(?:attack|condition|surgery|failure) |
    pacemaker | transplant | dialysis | kidneys? | hiv | aids | hepatitis | parkinson\S* |
    alzheimer\S* | dementia |
    multiple\ssclerosis | cerebral\spalsy | chronic | me/cfs | long\scovid | remission |
    relaps\w+ | rehab\w* |
    alcoholi\w+ | sober | sobriety | addict\w* | recovering | in\srecovery |
    sick\s(?:leave|note) | off\ssick | signed\soff |
    disab(?:led|ility|ilities|lement) | wheelchairs? | crutches | prosthe\w+ | amput\w+ |
    hearing\saids? | cochlear | deaf(?:ness)? |
    blind(?:ness)? | partially\ssighted | guide\sdog | autis\w+ | asperger\S* | adhd |
    dyslexi\w+ | dyspraxi\w+ |
    dyscalculia | neurodiver\w+ | tourette\S* | stammer\w* | blue\sbadge | pip\sassessment |
    carer\S? |
    # pregnancy and family
    pregnan\w+ | expecting | due\s(?:date|in|on) | maternity | paternity | parental\sleave |
    miscarr\w+ | ivf | trimester |
    \d+\sweeks\s(?:along|gone) | baby\S? | bab(?:y|ies) | newborn | bump | breastfe\w+ | birth |
    gave\sbirth | twins | triplets | toddlers? |
    (?:my|his|her|our|their)\s(?:\w+\s){0,2}(?:wife|husband|partner|spouse|fianc\w+|boyfriend|girlfriend|
      ex|kids?|child(?:ren)?|sons?|daughters?|mums?|mams?|moms?|mothers?|dads?|fathers?|parents|
      brothers?|sisters?|grand\w+|nan|family|in-laws|wedding|marriage|divorce|engagement|twins) |
    husband | wife | wives | spouse | married | marriage | wedding | honeymoon | engaged\sto |
    divorc\w+ | widow\w* |
    single\s(?:mum|mom|mother|dad|father|parent) | civil\spartner\w* |
    step(?:son|daughter|mum|dad|children) | adopted | fostering | foster\s(?:mum|dad|carer) |
    mother\sof | father\sof | (?:mum|mam|mom|dad|mother|father|parent)\s(?:of|to)\s\w+ |
    # orientation, gender
    gay | lesbian | bisexual | queer | lgbt\S* | homosexual\w* | pansexual | asexual |
    trans(?:gender|sexual|\swoman|\sman)? |
    non-?binary | transition(?:ed|ing) | came\sout | coming\sout | pronouns | deadname |
    top\ssurgery | hormones? | pride\s(?:march|parade) | same-sex |
    # belief
    christian\w* | catholic\w* | protestant | anglican | methodist | baptist | evangelical |
    pentecostal | mormon | quakers? | jehovah\S* |
    muslims? | islam\w* | sunni | shia | ahmadi\w* | jewish | jews? | judaism | hindus? |
    hinduism | sikhs? | buddhis\w+ |
    atheis\w+ | agnostic | humanist | pagan | wicca\w* | faith | god | allah | jesus | christ |
    prayers? | pray(?:ed|ing|s)? | worship\w* |
    church\w* | chapel | mosque | masjid | synagogue | shul | temple | gurdwara | mandir |
    parish | congregation | vicar | priest | rabbi | imam |
    bapti[sz]\w+ | confirmation | communion | bar\smitzvah | bat\smitzvah | ramadan | eid |
    iftar | fasting | hajj | umrah | diwali | vaisakhi |
    passover | yom\skippur | hanukkah | shabbat | sabbath | kosher | halal | hijab\w* | niqab |
    turban | headscarf | kippah | bible | qur\S?an | koran | torah |
    # origin
    born\sin | native\sof | originally\sfrom | grew\sup\sin | emigrat\w+ | immigra\w+ |
    refugees? | asylum | visa | settled\sstatus | naturali[sz]ed | citizenship |
    nationality | ethnic\w* | heritage | ancest\w+ | descent | mother\stongue | native\sspeaker |
    first\slanguage | accent |
    (?:black|white|brown|asian|african|caribbean|mixed-race|roma|gypsy|traveller|polish|indian|
      pakistani|bangladeshi|nigerian|ghanaian|jamaican|somali|chinese|turkish|romanian|syrian|
      afghan|iranian|iraqi|kurdish|irish|welsh|scottish|arab|jewish|ukrainian|filipin[oa])\s
      (?:man|woman|person|boy|girl|people|teacher|family|parents|community|background|roots|
      descent|heritage|origin) |
    # age
    birthday | aged\s\d+ | \d+\syears\s(?:old|young) | \d+-year-old |
    turn(?:s|ed|ing)\s(?:\d+|thirty|forty|fifty|sixty|seventy|\w+ty) | born\s(?:on|\d{4}) |
    in\s(?:my|his|her|their)\s(?:\w+)(?:ies|0s) |
    retire[ds]? | retirement | retiring | pension\w* | middle-aged | elderly | pensioner |
    # politics and unions
    labour\s(?:party|member|councillor|candidate|activist) | conservatives? | tor(?:y|ies) |
    lib\s?dems? | liberal\sdemocrats? | greens? \sparty | green\sparty | plaid\scymru | snp |
    ukip | reform\suk | brexit\w* | remainer | leave\svoter |
    vot(?:e|ed|ing)\sfor | voted | canvass\w* | campaign(?:ed|ing)\sfor | leaflet\w* |
    socialis[tm] | communis[tm] | feminis[tm] | activis[tm] | protest\w* |
    demonstrat(?:ed|ion)\sfor | marched | rall(?:y|ied) |
    trade\sunion\w* | union\s(?:rep\w*|member\w*|branch|steward|official) | neu | nasuwt |
    unison | gmb | unite\sthe\sunion | shop\ssteward | picket\w* | on\sstrike |
    strik(?:e|ed|ing)\s(?:over|for|day|action) | walked\sout |
    # crime
    arrest\w* | convict\w* | prison | jail\w* | sentenced | court | police\scaution | cautioned |
    probation | charged\swith | offen[cd]\w+ | magistrates | drink-driv\w+ | shoplift\w+ |
    assault\w* | tagged | bankrupt\w*
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words of private life, whoever they are said of."""


_PERSON = (
    r"(?:wo)?m[ae]n|person|people|lady|gentleman|guy|lad|girl|boy|teacher|tutor|lecturer|author|"
    r"writer|blogger|artist|musician|academic|scientist|parent|mum|dad|mother|father|teenager|adult|"
    r"voter|supporter|member|candidate|activist|councillor|campaigner|politician|mp|lass|bloke"
)
_A_PERSON = re.compile(
    rf"""\b(?:an?|one|fellow|another|some)\s(?:[\w'’-]+\s){{0,2}}?(?:
    # by health
    alcoholic | addict | diabetic | epileptic | asthmatic | amputee | paraplegic | quadriplegic |
    tetraplegic | haemophiliac | insomniac | depressive | survivor | sufferer | outpatient |
    inpatient | wheelchair[\s-]user | guide[\s-]dog\sowner | dyslexic | autistic | aspie |
    # by sex, orientation and family
    lesbian | gay\s(?:{_PERSON}|couple) | bisexual | homosexual | transsexual | transvestite |
    trans\s(?:{_PERSON}) |
    transgender\s\w+ | non-?binary\s\w+ | widow(?:er)? | divorc[eé]e | bachelor | spinster |
    newly-?wed | wife | husband | fianc[eé]e? | single\s(?:mum|mom|mother|dad|father|parent) |
    mother | father | mum | mam | mom | dad | stay-at-home\s\w+ | stepmother | stepfather |
    grandmother | grandfather | granny | grandad | grandma | grandpa | great-?aunt | pregnant\s\w+ |
    mother-to-be | dad-to-be | (?:mum|mom|mother|dad|father)-of-\w+ |
    hard[\s-]of[\s-]hearing | foster\scarer | carer |
    # by age
    (?:1[89]|[2-9]\d)[\s-]year[\s-]old | pensioner | retiree | octogenarian | septuagenarian |
    nonagenarian | \w+ty-something | millennial | boomer | old-age\s\w+ | senior\scitizen |
    # by belief
    muslim | christian | catholic | protestant | jew | jewess | hindu | sikh | buddhist | atheist |
    agnostic | humanist | pagan | wiccan | druid | quaker | mormon | methodist | baptist |
    anglican | evangelical | pentecostal | presbyterian | adventist | jehovah['’]?s\switness |
    scientologist | (?:ex-?)?nun |
    believer | churchgoer | preacher | vicar | priest | deacon | curate | celebrant | churchwarden |
    imam | rabbi | monk | missionary | convert | vegan |
    # by origin
    immigrant | emigrant | migrant | refugee | asylum[\s-]seeker | expat(?:riate)? | foreigner |
    gypsy | romany | [a-z]+[\s-]born\s\w+ | (?:black|asian|brown|mixed-race)\s(?:{_PERSON}) |
    (?:nigerian|ghanaian|kenyan|somali|jamaican|indian|pakistani|bangladeshi|tamil|pole|romanian|
      bulgarian|lithuanian|ukrainian|russian|turk|kurd|iraqi|iranian|syrian|afghan|arab|egyptian|
      moroccan)(?=\W*\Z|[,.;:)'’]|\s[–—-]\s|\s(?:who|is|was|has|had|and|in|at|from|with|living|
      working|by|runs?|ran|wrote|writes?|made|makes?|starts?|teach\w*|\w+ed|{_PERSON})\b) |
    # by politics, union, crime
    tory | socialist | communist | marxist | anarchist | feminist | monarchist | brexiteer |
    remainer | activist | councillor | (?:brexit|labour|tory|green|leave|remain)\s(?:{_PERSON}) |
    (?:union|neu|nasuwt|unison|gmb|unite)\s(?:\w+\s)?(?:rep\w*|member|steward|official|organiser) |
    trade\sunionist | shop\ssteward | ex-?offender | offender | ex-?con(?:vict)? | convict | felon |
    prisoner | inmate | bankrupt | freemason
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""A person said to be one of a kind: it needs no pronoun to speak of somebody."""


def doubts(sentence: str) -> list[tuple[int, int]]:
    """Spans of a sentence that speak of a person's private life."""
    spans = [match.span() for match in _A_PERSON.finditer(sentence)]
    if _SOMEONE.search(sentence):
        spans += [match.span() for match in _PRIVATE.finditer(sentence)]
    return spans


def speaks_of_one(text: str) -> bool:
    """Whether the text speaks of one person: I, my, he, her …"""
    return bool(_ONE_PERSON.search(text))


def speaks_of_people(text: str) -> bool:
    """Whether the text speaks of one person or of a "we", which a family is as well."""
    return bool(_ONE_PERSON.search(text) or _WE.search(text))


def private(text: str) -> bool:
    """Whether the text holds words of private life, whoever it speaks of."""
    return bool(_PRIVATE.search(text))
