"""Given names that mark a capitalised word as a person, for masking third people on a page.

Names that school staff in Britain commonly meet, of many origins. The list need not be complete:
pairs of capitalised words are masked by their shape as well. Only the lone name ("Aisha drew the
logo") rests on it, so names that are everyday words stand apart.
"""

from __future__ import annotations

_GIVEN = """
aaliyah aaron abbie abby abdul abdullah abena abigail abraham adaeze adam adama adebayo adela
adele adnan adrian adriana afua agata agnes agnieszka ahmad ahmed aidan aiden aileen aimee
aine aisha aishah aisling akash akua alan alana alastair albert aleksander aleksandra
alessandro alex alexa alexander alexandra alexandru alexei alexis alfie alfred ali alice
alicja alina alisha alison alistair allan allison alma alun alyssa amal amanda amara amber
amelia amina aminata amir amira amit amrit amy ana anand anastasia andre andrea andreas andrei
andrew andrzej andy aneta aneurin angela angharad angus anika anil anisa anita anjali ann anna
annabel anne annette annie anthony antoine anton antonia antonio anwen aoife april archie
ariana arjun arlene arnold arthur arun asha ashley ashok asif asim astrid audrey aurora ava
ayaan ayesha aziz babajide barbara barry bartosz basil beata beatrice becky belinda ben
benedict benjamin bernadette bernard beth bethan bethany betty beverley bilal bjorn blessing
bogdan boguslaw bolanle boris brandon brenda brendan brian bridget bronwen bronwyn bruce bruno
bryan bryn bryony caitlin callum calum cameron camilla candice carl carla carlos carmen carol
carole caroline carolyn carys catherine cathy catrin cecilia ceri cerys chantal charles
charlie charlotte chelsea cheryl chiamaka chidi chinedu chioma chloe chris christian christina
christine christoph christopher chukwuemeka cian ciara cindy claire clara clare clarissa
clement clive clodagh colette colin colm connor conor constance cora cormac courtney craig
curtis cynthia dafydd daisy damian dan daniel daniela danielle danny daria darius darren dave
david davina debbie deborah declan deepa deepak deirdre delroy delyth denis denise dennis
derek dermot desmond dewi dhruv diana diane dieter dilip dimitri dina dinesh dipak dominic
dominik donald donna dorcas doreen doris dorota dorothy dougal douglas duncan dylan eamon
ebony eddie edgar edith edmund eduardo edward edwin efua eileen eilidh eimear elaine eleanor
elena eleri elias elif elijah elin eliza elizabeth elke ella ellen ellie elliot elliott elsie
elspeth emeka emil emilia emily emma emmanuel emyr eniola enrique eoin eric erica erik erin
ernest esme esra esther ethan eugene eunice eva evan eve evelyn ewa ewan ewelina ezra fabian
fahad faisal farah farhan farida fatima fatimah fatou fatoumata felicity felix fergus ffion
finlay finn fiona flora florence folake folasade frances francesca francesco francis francois
frank franz fraser freddie frederick freya fritz funmilayo gabriel gabriela gail gareth gary
gavin gemma geoff geoffrey george georgia georgina gerald geraldine gerard gethin gilbert
gillian gina giorgio giovanni giulia gladys glen glenda glenn gloria gordon graham grainne
greg gregory greta grzegorz guillaume gunther gurdeep gurpreet gustav guto gwen gwilym gwyneth
habib hadiza hafsa halima hamid hamish hamza hana hanif hannah hans harald hardeep hari
harinder harjit harold harpreet harriet harrison harry harvey hasan hassan hazel heather heidi
heike helen helena henrik henry herbert hilary hilda holly howard hubert hugh hugo humaira
husain hussein hywel ian ibrahim idris iestyn ifan ifeoma ifor ignacy igor ikram ilona imani
imogen imran indira ines ingrid ioan ioana iolo irene ireneusz irina iris isaac isabel
isabella isabelle isha isla ismail isobel ivan ivor iwona jabari jacek jack jackie jacob
jacqueline jacques jade jagdeep jai jake jakub jamal james jamie jamila jan jana jane janet
janice janina janusz jared jarek jaroslaw jasbir jasmin jasmine jason jaspreet jaswinder javed
javier jay jayden jean jeanette jeff jeffrey jelena jemima jennifer jenny jeremy jerome jerzy
jess jesse jessica jill jillian jim jimmy jo joan joana joanna joanne joe joel johan johanna
johannes john johnny jolanta jon jonah jonas jonathan jordan jorge jose josef joseph josephine
josh joshua josie joy joyce juan juanita judith julia julian juliana julie juliet juliette
jurgen justin justyna kaitlin kamal kamala kamil karen karim karin karina karl karolina
karthik kasia katarzyna kate kateryna katherine kathleen kathryn kathy katie katrina kavita
kayleigh keeley keiko keira keith kelechi kelly kelvin ken kenneth kenny kerry kevin khadija
khadijah khalid kiera kieran kim kimberly kinga kirsten kirsty klaus kofi komal konrad krishna
kristina krystyna krzysztof kunal kwabena kwame kwesi kyle lachlan laila lakshmi lara lars
laura lauren laurence laurent lawrence leah leanne lee leila lena lenny leo leon leona leonard
leonie leroy lesley leslie lewis liam lidia lilian liliana lilly lily linda lindsay lindsey
linh lionel lisa liz lizzie llinos lloyd lois lola lorna lorraine louis louisa louise luca
lucas lucia lucinda lucy luis lukasz luke lutz lydia lyn lynda lynette lynn lynne mabel macey
maciej madeleine madhu madison magda magdalena magdalene mahmoud mahmud mair mairead maisie
malcolm malgorzata malik mandeep mandy manish manjit manoj manuel marc marcel marcia marcin
marco marcus mared margaret margarita maria mariam mariama marian marianne marie marilyn
marina mario marion marjorie marlene marsha marta martha martin martina martyn mary maryam
mateusz mathew matilda matteo matthew matthias maud maureen maurice max maxine maya megan
mehmet mei melanie melissa mercy meredith mervyn mia micah michael michal michele michelle
miguel mihai mikhail mikolaj mila miles millie mina ming minnie mira miranda miriam miroslaw
mirza misbah mohamed mohammad mohammed mohan moira molly mona monica monika morag morgan moses
muhammad mukesh muna murray mustafa myfanwy myles myra nabil nabila nadia nadine naeem naima
nana nancy naomi narinder nasir nasreen natalia natalie natasha nathan nathaniel navdeep
naveed neha neil nell nerys nesta ngozi nia niall niamh nicholas nick nicky nicola nicolas
nicole nigel nikhil niklas nikolai nina nisha nita nkechi noah noel noor nora noreen norma
norman nuala nur nuria obi ola olaf olga olive oliver olivia olumide oluwaseun olwen omar
oscar osian otto owain owen pablo paddy padraig pamela parminder parveen pascal pat patience
patricia patricio patrick patrycja paul paula paulina pauline pavel pawel peggy penelope penny
percy peter petra phil philip philippa phillip phoebe phyllis pierre piotr polly poppy prakash
pranav praveen precious preeti prerna priscilla priti priya priyanka przemyslaw rachael rachel
rachid radek radhika rafael rafal rahul raisa raj rajesh rajinder ralph ramesh ramon ranjit
raphael rashid rashida raul ravi ravinder raymond rebecca reece reginald rehana reinhard rekha
renata rene reuben rhian rhiannon rhodri rhona rhys ria ricardo richard rick ricky rita ritu
rob robert roberta roberto robin rochelle roderick rodney roger rohan roisin roland roman
ronald ronan ronnie rory rosa rosalind rosemary rosie ross rowan roxanne roy ruby rukhsana
rupert russell ruth ryan saad sabina sabine sabrina sadia sadie sadiq saeed safa safiya sahar
saima sajid salim sally salma sam saman samantha samia samina samir sammy samuel sana sandeep
sandra sandy sanjay santiago saoirse sara sarah satnam saul scott sean sebastian seema selina
seren serena sergei seun shabana shabnam shahid shakeel shameem shamima shane shannon sharon
shaun sheena sheila shelley shirley shona shreya shruti sian sibusiso siddharth sidney
siegfried sienna silvia simon simone sinead siobhan sioned sofia sonia sonya sophia sophie
stacey stan stanislaw stefan stefania stella stephanie stephen steve steven stewart stuart sue
suhail sukhdeep sukhjit suleiman sultana sumaira sunil sunita surinder surjit susan susannah
susie suzanne svetlana sybil sylvia sylwia tabitha tadeusz tahir talia tamar tamara tamsin
tania tanya tara tariq tasnim tatiana taylor ted terence teresa terry tess tessa thabo thandi
theo theodora theodore theresa thomas tia tiffany tim timothy tina titilayo tobias toby todd
tom tomas tomasz tommy toni tony tracey tracy trevor tristan trudy tudor tunde uche uma umar
ursula urszula usha usman uwe uzma valentina valerie vanessa vasile vera verity veronica vicky
victor vijay vikram viktor vincent vinod violet virginia vladimir waleed walter wanda waqar
wayne wendy werner wesley wiktor wilfred wilhelm william willow winifred winston wojciech
wolfgang xavier xin yan yara yasin yasmin yasmine yejide yetunde yolanda yousef yuki yusuf
yvette yvonne zac zachary zahid zahra zainab zak zanele zara zeeshan zehra zena zoe zofia
zubair zuzanna
"""
_ALSO_WORDS = """
adela amber april archie art ash asha ashley aurora basil belle ben bill blessing brook
charity chase chelsea christian clement constance courtney crystal daisy dale dan dawn dean
denis dewi drew earl eve faith fern flora florence frank fraser gene gill glen glenn grace
grant guy harmony harrison harvey hazel heather holly hope hunter iris ivy jack jade jan
jasmine jay jean jo jordan joy june juniper kelly kim lance lee leslie lewis lily lloyd lois
lola lucas luke marina mark martin mary max may mercy miles morgan murray nick noel norman
nova olive opal oscar paris pat patience pearl peg penny piers poppy precious robin rose ross
rowan roy ruby russell ruth sally sandy scott september sky skye stan sterling stone summer
sunny ted tia todd tom trinity tudor van verity victor victoria violet virginia ward will
willow wren xavier
"""

GIVEN = frozenset(_GIVEN.split())
ALSO_WORDS = frozenset(_ALSO_WORDS.split())
"""Given names that are also everyday words, places or surnames: alone they mask nobody, before
another capitalised word they do."""
