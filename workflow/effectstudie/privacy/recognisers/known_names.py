"""Names of people as they are found in the Netherlands: small letters, no accents. No list is complete."""

from effectstudie.privacy.recognisers.readable import words

# First names that are no words.
FIRST_NAMES = words(
    """
aad aafke aagje aaliyah aaltje aaron abdelali abdelaziz abdelhak abdelkader abdelkarim abdellah abdelmajid abderrahim
abderrahman abdessamad abdi abdikarim abdiqadir abdirahman abdou abdul abdullah abdullahi abdulrahman abdurrahman
abebe abeer abena abshir achiel achraf adam adama adil admir adnan adri adriaan adrian adriana adriano adwoa agnes
agnieszka agus ahado ahlam ahmad ahmed ahmet aicha aiden aimee aissa akosua akram akua alaa alain alan albert alberto
alejandra alejandro aleksandar aleksander aleksandra aleksei alessandra alessandro alex alexander alexandra alexandre
alexandru alexia alexis alfons alfred alhassan ali alice alicia alida alie alina aline aliyah allison alperen alvaro
alwin alyssa amal amanda amela amelia amelie amin amina aminata aminou amir amira amjad amy ana anais anand anas anass
anastasia andre andrea andreas andreea andrei andres andrew andrzej andrzejek andy angela angele angelina angelo ania
aniel anil anish anita anja anjali anke ann anna annabel anne anneke anneleen annelies anneliese anneloes annelot
annemarie annemie annemiek annemieke annemijn anneriek annette annick annie anniek annika annita anny anouar anouk ans
anthony antje antoine antoinette anton antonella antonia antonio antonius antoon anwar appie aras arash arda areej
arezoo ariane arie arjan arjen arlette armand armin arnaud arne arno arnold arnoud aron arthur arun arwin arzu asad
ashley ashton ashwin asli asma asmae assia astrid atie atilla audrey august augusta auke aukje aurelie awet axel
axelle ayaan ayan ayden aydin ayla aylin ayman aynur ayoub ayse aysegul aysel aysun azad aziz aziza azra azzedine
babak babette badr bahar bahram barbara barend baris bart bartosz basel bashar bashiir bashir bassam bastiaan bauke
bayram beata beatrice beatrijs beatriz behnaz bekir benjamin benny benoit bente benthe bep beppie berat berdien berend
berivan berkan bernadette bernard bernd berry bert bertha bertine bertus bethany betsie betsy betty beverly beyza
bianca bibi bieke bilal billy biniam bintou birgit birol bjarne bjorn bo boaz bogdan bogdana bonnie boris boubacar
bouchra bozena bradley brahim bram brandon brecht brechtje brenda brendan brent brian briek brigitta brigitte britt
bruce bruno bryan budi bulent burak burcu busra callum cameron camila camille canan candice carel carina carine carl
carla carlijn carlo carlos carlota carmen carol carola carolien carolina caroline cas casper catarina catelijne
catharina catherine cathy cecile cecilia cedric cees celine cem cemal cemil cengiz ceren cesar ceylin chaima chaimae
chantal charissa charles charlotte cheryl chiara chidi chiel chinedu chioma chloe chris christa christel christelle
christiaan christian christiana christiane christianne christina christine christof christoph christophe churandy
cihan cindy claire clara clasien claude claudia claudine claudio clifford clyde cobie coby coen colette colin collin
connor conny constantin corien corina corine corinne cornelia cornelis corrie corry courtney craig cristian cristina
cristobal cynthia cyriel daan daantje dagmar daisy dalia damian damon dana dani dania daniat daniel daniela danielle
danique danny danuta dany daphne dario darius dariush dariusz darren dave david davy dawid dawit debbie debby deborah
deeqa delphine demi denis denise deniz dennis derek derrick derya detlef devika dewi dex diana diane didem didier
diederik diego dieter dieuwertje dieuwke dilan dilara dilek dimitri dina dineke dinesh dinie diny dion dirk dirkje
diyar djeneba djoeke djoke dmitri dmitry dmytro doeke domenico dominic dominique donald dondu donna dorien dorine
doris dorota dorothea dorothy dounia douwe dragan dries driss duco dumitru duncan durk dusan dustin duuk dwayne dylan
dylano ebel ebru ecrin eddy edgard edin edith edmond edouard edsel eduard eduardo edward edwin edyta eefje eelco eelke
efrem efua egbert eileen ekaterina eke ekrem elaine elanur eleanor elena elham eliane elias elien elif elin eline
elisa elisabeta elisabeth elise eliza elizabeth elize ella ellen elles ellie elliot elly elma elsa elske elvir elvis
elza elzbieta emeka emerson emiel emile emilia emilie emilio emily emina emine emir emma emmanuel emre enes engelien
engin enrique enzo ercan erdal erdem erhan eric erik erika erkan ernesto erol errol ersin erwin esi esila esma
esmee esmeralda esra esteban estelle esther ethan etienne eva evelien eveline evelyn evelyne evert evi evie evy ewa
ewelina ewout eyad eyerusalem eymen eyob fabian fabienne fadi fadia fadime fadoua faduma fahad faisal fanny farah
farhad farhiya fariba farid farida farnaz farshid fartun faruk farzaneh fatih fatiha fatima fatma fatoumata faye fayza
febe fedde federica feike feline felipe felix fem femke fenna fenne fenneke ferdi ferdinand ferhat fernand fernanda
fernando ferre feven fidan fien fiene filip filipa filiz filmon finn fiona firas floortje florence florent florian
florin floris fnan fokke folkert fons fouad fouzia fowsia francesca francesco francien francine francis francisca
francisco franciscus francois francoise franky frans fraser freddy frederic frederick frederieke frederik frederique
freek freja freweini freya frida frieda frits froukje furkan gabriel gabriela gabriele gabriella gabrielle gaelle
gamze ganesh gareth gary gaston gavin gebre geert geertje geertruida geeta geke gemma geoffrey george georges
georgette georgi gerard gerarda gerardus gerben gerbrand gerco gerda gerhard gerlof germaine gerrie gerrit gerry gert
gertie ghada ghazal ghebre gheorghe ghislain ghislaine ghita ghulam giacomo gianni giel gijs gijsbert gilbert gilberte
gilles gillian gina gineke ginette gino giorgia giorgio giovanca giovanni girmay gisele gitte giulia giuliano giuseppe
gizem glenn glenroy godelieva godelieve gokhan golnaz goncalo gonzalo goran gordon govert graham grazyna greet greetje
gregory greta grietje grzegorz guadalupe guido guillaume guillermo gulay gulcan guled guler gulsen gulsum gunnar
gunter gunther gustaaf gustavo guurtje guus guusje guven habib habiba hadi hadiya hafida hafsa hagos haile hailey
haitham hajar hakan hakim hakima halil halima halime halina hamed hamid hamida hamide hamza hanae hanan hanane hanife
hanin hanna hannah hanne hanneke hannelore hannes hannie hans harald haresh harmen harrie harry hasan hassan hatice
havva hayat hayley hazem heba hector hedson hedwig heidi heike heiko hein heinz heleen helena helene helga helma
helmut hendrik hendrika hendrikje henk hennie henny henok henri henricus henriette henryk hensley herma herman hermien
hermon hessel hetty hevin hiba hibo hicham hidde hielke hilbert hilda hilde hille hind hinke hodan homa hossein houda
houssain howard hubert hubertus hugo huguette huib hulya humphrey huriye husam huseyin hussain hussam hussein ian
ibrahim ibrahima ibtissam ida idil ido ifeoma ifrah ignace ignacio igor ihsane ikenna ikram ilaria ilhaan ilham ilhan
iliana ilias ilja ilkay ilona ilse ilyas ilyass imad iman imane imke imran ina inaya indira indy ineke ines inge
ingeborg ingrid ingvar ioana ionut iqra irem irena irene irina irma iryna isa isabel isabella isabelle isaias isidro
ismael ismail ismet issam iulia ivan ivana ivanka ivaylo ivo ivonne iwan iwona ize jaak jaap jaber jacco jacek jacinto
jacob jacoba jacobus jacolien jacomijn jacquelien jacquelina jacqueline jacques jadwiga jagdish jake jakub jama jamal
james jamie jamila jana janet janice janine janna janne janneke jannes jannie janny jantine jantje janusz jaouad jared
jari jarik jarne jarno jaroslaw jasmina jasmine jason jasper javier jawad jayda jayden jaylinn jayson jean jeandro
jeanine jeanne jeannet jeannette jeannine jef jeffrey jelle jelmer jelte jeltje jenna jenneke jennifer jenny jens
jente jeremiah jeremy jeroen jerome jerrel jerzy jesper jesse jessica jessie jessy jesus jetske jetty jikke jill jim
jimmy jing jinthe jitendra jitse jitske joachim joan joanna joanneke joannes joao joaquim joaquin jochem jochen jodie
joel joelle joep joeri joey johan johann johanna johannes john johnny johny joke joko jolanda jolande jolanta jolanthe
jolie jolien jolijn jonas jonathan joop joost joppe joran jordi jordy joren jorg jorge jorien joris jorn jorrit jort
jos jose josee josefina joseph josepha josephina josephine josephus josh joshua josiane josien josje josse joud jouke
joukje jovana joyce jozef juan juana juanita judi judith julia julian juliana julie julien julienne juliette julius
jurgen jurjen jurmain jurre jurriaan justin justine justus justyna jwan kaat kacper kadiatou kadir kadriye kamal
kamiel kamil kamla kamran kaoutar karel karen karim karima karin karina karine karl karlijn karolien karolina kasia
kasper katarzyna kate katelijne kateryna kathleen kathy katia katinka katja katleen kato katrien katrijn katrin katty
kaveh kavita kawtar kaylee kayleigh kazim keano kees keith kelly kemal kenan kenneth kenny kenrick kerem kerry
kerstin kevin khadija khadra khaled khalid khalil khatera kholoud kian kiara kibreab kibrom kidane kiki kimberley
kimberly kinga kirsten kirsty kishan kjell klaas klaasje klaus klazien klazina kobe kobra koen koenraad kofi kojo
konrad koos koray krijn kris krista kristel kristiaan kristien kristina kristine kristof krystyna krzysztof kubra kurt
kwabena kwaku kwame kwasi kweku kyan kyano kyara kyle kyra ladan lahcen lahoucine laila lakshmi laleh lambert lamia
lamine lammert lamyae lana lara lars latifa laura lauren laurence laurens laurent laurette lea leah leander leandro
leendert leentje leila lemlem lena leni lenie lenn lennert lenny leny leo leon leona leonard leonie leopold lesley
leslie leticia letty levent levi lewis leyla lia liam liban lidewij lidy lieke liesbet liesbeth lieselot lieze liliana
liliane lily lina linda lindsay lindsey lineke linette linh lionel lisa lisanne lise lisette liv livia liviu liz liza
lize lizz lizzy lode lodewijk loek loes logan loic lois lola lorenzo lorin lothar lotte loubna louis louisa louise
louwrens lowie lubbert lubna luc luca lucas lucia lucian luciano lucie lucien lucienne lucy ludmila ludo ludovic
ludovicus ludwig ludwina luigi luisa luitzen luiz luka lukas lukasz luke lutgarde lutgardis lutgart luuk luwam luzia
lydia lydie lynn lyudmila maaike maarten maartje machteld maciej madeleine madison mads magali magda magdalena maha
mahad mahdi maher mahesh mahmood mahmoud mahsa maikel maja majda majed majid malak malcolm malgorzata malika mamadou
manal manar manfred manja manoj manon manuel manuela marc marcel marcella marcello marchien marcin marco marcus marek
margareta margaretha margarida margaux margo margot marguerite maria mariam mariama marian mariana marianne marie
marieke marielle mariette marijke marijn marilyn marinus mario mariola mariska marisol marit mariusz marja marjan
marjo marjolein marjolijn marko marleen marlies marlijn marloes marlon marlous marnix marouane marrit marta marten
martha marthe martijn martin martina martine marwa marwan maryam maryem masoud massimo masud mateo mateusz mathias
mathieu mathijs mathilde mathis matias matteo matthew matthias matthijs matty maud maureen maurice mauricio maurits
mauro maxamed maxim maxime maximiliano maya maysa mebrahtu medhanie meena megan mehdi mehmet mehran meike meindert
meine melanie melek melike melissa melle meltem melvin memduh menno meral merhawi merijn merle merlijn meron mert
merve meryem mesut metin mette mewael mia micha michael michel michela michele micheline michelle michiel mieczyslaw
mieke miel mieneke miep miguel mihaela mihai mihail mika mikail mike mikhail mila mildred milica milo milou milouda
minke mira miranda mireille mirela mirella mirjam mirjana miroslaw mirte mirthe mitchell mitra mohamad mohamed
mohammad mohammed mohamud mohanad mojgan molly monica monika monique montserrat morris morteza mouna mounia mounir
mourad moussa muammer muhammad muhammed muhannad muhsin mujde mukesh mulugeta muna munevver murat muriel musa mustafa
mustapha mutaz mykola myriam myrthe nabil nabila nadia nadine nagham nahom naima najat najib najim nancy nanda nanne
naomi narain nard nasrin nasser nassim nasteexo natacha natalia natalie nataliya natascha natasja nathalie nathan
natnael naud navid nawal nazan nazanin nazli necla neeltje nele nelleke nellie nelly nelson nermin neslihan nesrin
nevin nezha ngozi nguyet nick nicky nico nicolas nicole nicoleta nicolette nicolien niek niels nienke niesje nigel
nihat nikki nikola nikolai nikolay nilgun niloofar nils nimco nina ninthe nirmala nisa nisrine nkechi noa noah noel
noella noelle noortje nora norah norbert nore noud noura nourdin noureddine nuno nuray nurcan nurgul nuriye nurten
nynke nyoman obinna odai odette oguz oguzhan okan oksana olaf oleh oleksandr olena olga oliver olivia olivier olumide
oluwaseun omar onno onur oona orhan orlando osama oscar oskar osman osvaldo otis otto ouafa ouassim oumaima ousmane
oussama outhmane owen ozcan ozge ozgur ozlem pablo pamela paola parisa parvin pascale pasquale patricia patrick patrik
patrycja paul paula paulien pauline paulo paulus pawel payam pedro peggy pepijn petar peter petertje petra petronella
petros petrus phileine philip philippa philippe phoebe phuong pien pierre piet pieter pieterjan pieternel pietje
pietro piotr pippa plamen pleun pleuni pooja prakash priscilla priya przemyslaw putri pytrik quang quincy quinlan
quinn quinten quinty quirijn quirine qusai rabia rachel rachid rachida rachied radha radj radoslaw radu raed rafael
rafaela rafal raffaele rahaf rahel rahma rajaa rajesh rajiv rakesh ramazan ramesh rami ramiro ramon randa rani rania
ranjit raoul raphael rasha ratna raul ravi rayan raymond raymondo razan razvan rebecca rebekah recep redouan reem
regina reinder reinhilde reinier reinoud reint remco remi remzi renaat renata renate rene renee renske reshma reza
rhys ria ricardo riccardo richard rick rieks rien rieneke rienk rients riley rima rinaldo rinske rinus rishandro rishi
rita ritske rkia roan rob robbe robbert robby robel robert roberto robin roche rocio roderick rodrigo roel roeland
roelien roelof roely rogelio roger rogier rojda rojin roland rolf romain romeo romy ronald ronny rony roosmarijn
rosalia rosalie rosalinde rosemary rosette roshan roshni rosita rouba roula rowan roxana roya rozan ruba ruben rudi
rudolf rudy ruella rukiye rula ruqayya russell ruth ruthmila ruud ruurd ryan ryszard saadia saar sabine sabrina saeed
safae safouan sagal sahar sahra saida salah saleh saliha salim salima saliou salma salvatore salwa samaneh samantha
samar sami samir samira sammy samrawit samuel sanae sanaz sander sandhya sandra sandy sanjay sanne sanneke santosh
sarah saskia satish savita sean sebastiaan sebastian sebastien seda sedat sefa sehnaz selcuk selda selena selin selina
selma semere semih semra senad senait senn senna senne seppe serap sercan serdar serge sergei sergio sergiy serhiy
serkan serpil seth sevda sevgi sevim sevinc seydou shabnam shahin shahram shakuntala shana shaniqua shannon shanti
sharina sharon shaun shaza sheila sheldon shelley shireen shirin shirley shukri shurandy shvan sibel siebe siebrand
siebren siem sien sienna sietse sietske sigrid sigurd siham sihame sihem sijbrand silke silvia silvio simon simone
simonne simret sinan sipke sirwan siti siyad sjaak sjaan sjef sjoerd sjors sjoukje slawomir slobodan snezana soenita
soerin sofia sofie sofieke soheil solomon solveig soner sonia sonja sophia sophie soran soraya sorin souad soufian
soufiane souhaila souleymane soumaya stacey stanislaw stef stefaan stefan stefania stefanie steffen steffi stephan
stephane stephanie steve steven stewart stien stijn stijntje stoyan suat suha suhail sukaina sukarno sukran sukru sule
suleyman sunil sunita suresh susan sushila sutan suus suzanna suzanne suze suzy sven svetlana swaantje swen sybren
sylvia sylvie sylwia sytse sytske szymon tadeusz tahsin tamara tamer taner tania tanja taoufik tara tareq tarik tarkan
tatiana tatyana tayfun teake tekle teklu teresa tesfalem tesfay tesfaye tess tessa tessel tetyana teun teunis thanh
thea theo theodoor theodorus theresia theun thiago thibault thibaut thibo thierry thijmen thijn thijs thirza thom
thomas thorsten tiago tibe tibo tiemen ties tiffany tijl tijmen tijn tijs tim timo timothy tina tineke tirza titia
tjalling tjeerd tjitske tobias todor tolga tom tomas tomasz tommy torsten touria tracey tracy trang travis treesje
trevor trijntje trinh tristan trudie trudy truus tsegay tsehay tsjerk tsvetelina tuan tugba tugce tuncay turan turgut
tuur twan tycho tygo tyler tyrone ubbo uche ufuk ugur ulrich ulrike umberto umit ummu urbain ursula urszula urvin usha
ute vajen valentin valentina valeria valerie vanessa varsha vasil vasile vedat veerle vera vernon veronica veronique
veysel vicente vicky vijay vikash viktor viktoriya vincent vincenzo vinod viorel virginie viviane vladimir volkan
volodymyr wael wafae wahiba wahid walaa walburga waleed walid walter waltraud wannes warre warsame wassim wayan weldu
welmoed wendelien wendell wendy werner wesley wessel widad wiebe wiebren wiep wieske wieslaw wiets wietse wietske
wijnand wilco wilfried wilhelmina wilhelmus willeke willem willemien willemijn william willy wilma wilmar wim winston
winta wissam wobke wojciech wolfgang wouke wout wouter wubbe wubbo wya xander xavi xavier xiaoming ximena xin xiomara
yahya yakup yalcin yalda yaman yamil yana yannick yanti yara yasar yasemin yasiin yasmin yasmina yasmine yasser yassin
yassine yassir yavuz yazan yde yeliz yemane yesenia yevhen yfke yilmaz yinthe ymkje yohannes yolanda yolande yolanthe
yonas yordan yordanos younes youness yousef yousra youssef yulia yuliia yuni yunus yuri yusra yusuf yvan yves yvette
yvonne zabihullah zachary zahra zaid zainab zakaria zakariae zamzam zara zarghona zbigniew zdzislaw zeger zehra
zekeriya zeki zeliha zerai zerrin zeynep ziad zineb zlatko zoe zoey zofia zohra zoran zoubida zouhair zozan zulaika
zuleyha zulfiye zuzanna zwaantje zwanet
"""
)

# First names that are also words: what stands beside them tells.
NAMES_AND_WORDS = words(
    """
abe abel ada adem amber amine arend asha aya baran bas beau ben berk bob cato constant consuelo coos dag dean dolores
douglas duc earl eda eko elke els engel eren erna ernst esperanza faas falk fanta fay ferry fleur floor flor flore fran
frank franka georgia gloria goof gre griet guy haben hazel heather horst ies ine iris ise ivy jack jade jan jasmijn
jay jet jip jo job jordan joy jules juul kaan kai karst kawa kay ken kick kim krishna lander laure leen lente lex lien
lies lieve lieven linde linn lore lot lou lourdes luis luit luna madelief magnus mara mare marina mark mart mason mats
max mazen mees mels mercedes merel mick mien milan minh mona morgan nader nadir nand nel nol noor norman nour nout
nova omer paige pilar pim pol polat prem puck puk raf ramadan rana reda rens rida riek riet rik rini roos rosa rosario
rose ross roy rui rune ruta saad saba sabah safa said salvador sam sana santiago sara savas scott selam sem sep sepp
shiva sil sima soledad spencer sri stan star stella sten ster sterre stuart taco tala thor tine tinne ton tony toon
toos trees tuba ubah umut uwe valentijn valere vic victor victoria vigo vince violet virginia ward wei wil yildiz ying
zana zita
"""
)

# Family names without what stands before them (de, van der, el).
SURNAMES = words(
    """
aarts abdi abebe acar adriaanse ahmed aksoy alaoui alberts ali almeida alves amrani appelman arslan aslan autar avci
aydin aynan azzouzi baars baas backer bakkali bakker baldewsingh barends bartels bauer becker beek beekman belhaj
benali bennani berg bergsma berhe bertrand bhagwat bianchi bihari biharie bijl bijlsma blinker bloemen blom boekel
boer boersma bolt boogaard boom boon borst bos bosch bosma bouali bouazza bouma bouwma bouzid bozkurt brand brands
bremer brink brinkman broek broers brouwer brown bruijn bruin bui buijs bulut burg carvalho celik cetin chaoui chen
choi cijntje claassen clarke coban coenen colombo cornelissen costa cox croes daalen dam damen dang davies dekker
dekkers demir derks dijk dijkema dijkstra dimitrov dirks doerga dogan dongen doorn driessen dubois duivenvoorde
edwards eijk emanuels ende engelen erdogan es esposito evans evers faber fassi feenstra fernandes ferrari ferreira
fischer franken fransen frederiks ganga garcia gebremariam geelen geerts gelder georgiev gerrits gerritsen geurts
ghazi gomes goncalves gonzalez goossens graaf greco green groen groeneveld groenewegen groot gul guler gunes haan haar
haas haddad haddou hagen haile hajji hall hamdaoui hamers haringsma harris hassan hassani heemskerk heijde heijden
heijmans hendrickx hendriks hendriksen hermans heuvel hoang hodzic hoek hoeksema hoekstra hoeven hoff hoffmann hofman
hofstra hogeveen hoogland horst horvat houten huang hughes huisman huizinga hulst hussein ibrahim idrissi ionescu
isenia ivanov ivanova jabri jackson jacobs jagroep jankowski janse jansen janssen jaspers jellema johnson jones jong
jonge jongsma jonker jonkman joosten jovanovic kaddouri kalloe kaminska kaminski kamp kampen kamstra kanters kaplan
kara karaca kaya keizer kemp kersten keskin khalil khan khattabi kidane kilic kim klaassen klaver kleijn klein knegt
koc koch kok kolk koning konings kooij kooistra koopman korkmaz korte kortekaas koster kovac kowalska kowalski
kozlowski kramer krol kromosoeto kroon kuijpers kuiper kuipers kurt kwiatkowski laan lahlou lambert lammers lange
langen lans laurent leenders leeuw leeuwen lefebvre leito leroy lewandowski linden liu loon lopes lopez luijten maas
maduro maghraoui mahabier mansouri marino marques martens martin martina martinez martins mazur meer meijer meulen
michel michels miedema mohamed mol molen molenaar mooij moor moreau moreira moussaoui mulder muller naciri nagel
nasser nauta neumann nguyen nijhuis nijland nikolic noort novak nowak oedit oliveira omar omari ooms oosten oosterhout
osman otten ouali oudenaarden ozdemir ozturk paauw park peeters pengel pereira perez persaud peters petrov petrova
petrovic pham phan pieters pinas pinto plas poel pol polat poort popescu popov post postma prins pronk raaij rahmani
ramdin ramirez ramlal ramsaran reijnders ribeiro ricci richter ridder riemersma rietveld rijken rijn rijpma rinsma
rivera roberts robinson rodrigues rodriguez roelofs romano romeijn rooij roos rossi roux ruijter ruiter russo rutten
sahin saidi saleh salem sanchez sanders santos schaap schafer schaik schepers schipper schippers schmidt schneider
scholten scholtens schoonhoven schouten schreuder schroder schulz schuurman schwarz sewnath sijtsma sikkema silva
simon simons simsek singh sital slot smit smith smits snijders soekhoe sousa spaans spek staal stam steen steenbergen
stolk straten swart szymanski tadesse tahiri talbi tamminga taylor teixeira tekin tekle terpstra tesfay teunissen
theunissen thijssen thomas thomassen thompson timmermans tol torres tran tromp tuin tuinstra turan uden unal valk veen
veenstra velde veldhoven veldhuis veldman ven verbeek verbruggen verburg verhagen verheijen verhoef verhoeven verkerk
vermeer vermeulen verschoor versteeg verweij vink visser vlaming vliet vogel vonk voort vos vrede vreeswijk vries
vroom vu wagenaar wagner wal walker walraven wang warsame weber weerd wesseling wessels westerink wever white wiel
wierda wiersma wijk wijngaarde wijngaarden wijnja willems willemsen williams winter winterdaal wisniewska wisniewski
wit witte witteveen wojcik wolf wolters wood wouters wright wu yacoubi yang yavuz yildirim yildiz yilmaz yntema zanden
zanten zeefuik zeeuw zhang zhao zhou ziani zielinski zijlstra zimmermann zomer zouhri zwart zwarts
"""
)

# Family names that are words, trades or places too: what stands beside them has to be a first name that is no word.
SURNAMES_AND_WORDS = words(
    """
baas bakker beek berg bijl bloemen boekel boer bolt boom boon borst bos brand brands brink broek broers brouwer bruin
burg dam dekker dijk dongen doorn ende engelen es ganga graaf green groen groot haan haar haas hagen hall heemskerk
heuvel hoek hoeven hogeveen hoogland horst houten hulst huisman jong jonge kamp kampen keizer kemp klaver klein knegt
koch kok kolk koning koopman korte koster kroon kuiper laan lange lans leeuw leeuwen linden loon maas meer meulen mol
molen molenaar moor nagel ooms oosten oosterhout park plas poel polat poort post prins pronk ridder rijken rijn roos
ruiter schaap schaik schipper schippers schoonhoven slot smit snijders spaans spek staal stam steen steenbergen stolk
straten timmermans tol tuin uden valk veen veldhoven velde ven vink visser vlaming vliet vogel vonk voort vos vrede
vreeswijk vroom vu wagenaar wal wever white wiel wijk wijngaarden winter wit witte wolf wood zeeuw zomer zwart
zwarts
"""
)
