//! Words that say nothing of what a text is about, by language, in lower case: short lists, since how many articles
//! hold a word tells the rest.

/// English, with the verbs that every news report uses.
pub(super) const ENGLISH: &str = "
a about above according across added after again against ago all almost along already also although always am among an
and another any anyone anything are aren't around as asked at away back be became because become been before began
behind being below between both but by call called came can can't cannot come comes could couldn't day days despite did
didn't do does doesn't doing don't done down due during each early either else end enough even ever every expected
far few first five for former found four from full further gave get give given go goes going gone good got great had
hadn't half has hasn't have haven't having he he'd he'll he's held her here hers herself him himself his how however
i i'd i'll i'm i've if in including instead into is isn't it it'd it'll it's its itself just keep kept know known last
late later latest least left less let like likely little long longer look made make makes making man many may me mean
means meant met might million mine month months more most mr mrs ms much must my myself near need needs never new next no
nobody none nor not nothing now of off often old on once one ones only onto or other others our ours ourselves out over
own part past people perhaps place put quite rather really reported right round said same saw say saying says second
see seen set seven several shall she she'd she'll she's should shouldn't show showed since six small so some someone
something soon still such take taken takes taking tell ten than that that's the their theirs them themselves then there
there's therefore these they they'd they'll they're they've thing things think third this those though thought three
through thus time times to today together told tomorrow too took toward towards tuesday monday wednesday thursday friday
saturday sunday two under until up upon us use used very via want wanted was wasn't way we we'd we'll we're we've week
weeks well went were weren't what what's when where whether which while who who's whole whom whose why will with
within without won't work would wouldn't year years yes yesterday yet you you'd you'll you're you've young your yours
yourself january february march april june july august september october november december nbsp amp quot";

/// German.
pub(super) const GERMAN: &str = "
aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch auf aus bei beim
bereits bin bis bist da dabei dadurch dafür dagegen daher damit danach dann daran darauf daraus darin darüber darum das
dass davon davor dazu dein deine dem demnach den denen denn der deren des deshalb dessen dich die dies diese dieselbe
diesem diesen dieser dieses dir doch dort du durch ein eine einem einen einer eines einige einigen einiger einmal er es
etwa etwas euch euer eure fast für gegen geht gemacht gewesen gibt hab habe haben hat hatte hätte hatten hätten hier hin
hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im immer in indem ins ist ja jahr jahre jahren jede jedem jeden
jeder jedes jedoch jene jetzt kann kein keine keinem keinen keiner können könne könnte konnte konnten mal man mehr mein
meine mich mir mit müssen muss musste nach nachdem nein nicht nichts noch nun nur ob obwohl oder ohne schon sehr sei
seien sein seine seinem seinen seiner seines seit seitdem selbst sich sie sind so sogar solche soll sollen sollte sollten
sondern sonst sowie über um und uns unser unsere unter viel viele vielen vom von vor während war wäre waren warum was
wegen weil weiter welche welchem welchen welcher wenn wer werde werden wie wieder will wir wird wo wollen wollte wollten
worden wurde würde wurden würden zu zum zur zwar zwischen sagte uhr";

/// French; what stands before an apostrophe is a word of its own.
pub(super) const FRENCH: &str = "
ai ainsi alors an ans après au aucun aucune aujourd auquel aussi autre autres aux avaient avait avant avec avoir ayant
beaucoup bien car ce ceci cela celle celles celui cependant ces cet cette ceux chaque chez comme comment contre dans de
déjà depuis des deux dit doit donc dont du durant elle elles en encore entre es est et étaient était étant été être eu
eux fait faire fois font fut grand grande hier hui ici il ils je jour jours jusqu la là laquelle le lequel les lesquels
leur leurs lors lorsqu lorsque lui ma mais malgré me même mêmes mes moi moins mois mon ne ni nos notre nous on ont or ou
où par parce pas pendant peu peut peuvent plus plusieurs pour pourquoi pourrait près puis qu quand que quel quelle
quelles quelques quels qui quoi sa sans se selon sera serait ses seulement si sien soit son sont sous sur ta tandis te
tes ton tous tout toute toutes très trois tu un une vers voir vos votre vous";

/// Spanish.
pub(super) const SPANISH: &str = "
a además ahora al algo algunas algunos ante antes año años aquel aquella aunque así aún bajo bien cada casi como con
contra cual cuales cuando cuatro cómo de del desde después día días dice dijo donde dos durante el él ella ellas ellos en
entonces entre era eran es esa esas ese eso esos esta está ayer estaba estado están estar este esto estos fue fueron gran
ha había habían hace hacer hacia han hasta hay hoy la las le les lo los más me mi mientras mismo muy nada ni no nos
nosotros nuestra nuestro o os otra otras otro otros para parte pero poco por porque primera primero puede pueden pues que
qué quien quienes se según ser será si sí sido sin sino sobre solo sólo son su sus también tan tanto te tiene tienen
todas todo todos tras tres tu tuvo un una unas uno unos usted va vez ya yo y e u";

/// Italian; what stands before an apostrophe is a word of its own.
pub(super) const ITALIAN: &str = "
abbia ad ai agli al alla alle allo altra altre altri altro anche ancora anni anno aveva avere avevano avuto ben che chi ci
ciò come con contro cosa così cui da dagli dai dal dalla dalle dallo degli dei del dell della delle dello deve di dopo dove
due durante ed era erano essere fa fare fatto fino fra già gli ha hanno ho il in infatti invece io la le lei li lo loro
lui ma mentre mi molto ne negli nei nel nell nella nelle nello no noi non nostra nostro o ogni oggi ora per perché però
più poi possono prima può quale quando quanto quasi quella quelle quelli quello questa queste questi questo qui sarà se
sempre senza si sia solo sono sopra sotto stata stati stato su sua sue sugli sui sul sull sulla sulle sullo suo suoi tra
tre tutta tutte tutti tutto un una uno va verso vi voi all dall ieri";

/// Portuguese.
pub(super) const PORTUGUESE: &str = "
a à ainda além ano anos antes ao aos apenas após as às até bem cada com como contra da das de dela dele deles depois desde
deve dia dias disse do dois dos duas durante e é ela elas ele eles em entre era eram essa esse esta está estão este eu foi
foram grande há hoje isso isto já lhe maior mais mas me mesmo meu minha muito na nas nem no nos nós não o onde ontem os
ou outra outras outro outros para pela pelas pelo pelos pode podem por porque quando que quem se segundo sem ser será seu
seus sido só sobre sua suas também tão tem têm ter teve tinha todo todos três tudo um uma umas uns vai você";

/// Dutch.
pub(super) const DUTCH: &str = "
aan achter al alle alleen als andere bij daar dan dat de deze die dit doen door dus een eens eerste en er geen had hadden
heb hebben heeft hem het hier hij hoe hun ik in is ja jaar je jij kan komen kon kunnen maar me meer men met mij mijn moet
moeten na naar niet niets nog nu of om omdat onder ons ook op over sinds te tegen tegenover toch toen tot tussen twee u
uit van veel vijf volgens voor waar waren was wat we wel werd werden wie wij wil worden wordt zal ze zegt zei zelf zich
zij zijn zo zonder zou zouden";

/// Swedish.
pub(super) const SWEDISH: &str = "
alla allt att av bara bli blev blir bort båda också de dem den denna deras dess dessa det detta dig din du där då efter
ej eller en ett än fick finns flera fram från få får för första ge genom går gör ha hade han hans har hela henne hennes
hon honom här hur i igen in ingen inget innan inte ja jag kan kom kommer kunde man med mellan men mer mot mycket ni när
nu någon något några och om oss på redan sa samma sedan sig sin sina sitt ska skulle som så sådan till tre två under upp
ut utan vad var vara varit vem vi vid vill vilka åt år är över";

/// Danish.
pub(super) const DANISH: &str = "
ad af alle alt andet at blev blive bliver da de dem den denne der deres det dette dig din dog du efter eller en end er et
fik flere for fra få får før første gør ham han hans har have havde hele hende hendes her hos hun hvad hvis hvor hvordan
i igen ikke ind ingen jeg jo kan kom kommer kun kunne man mange med meget mellem men mere mod må ned nogen noget nogle nu
når og også om op os over på sagde samme selv sig sin sine sit skal skulle som så til to tre ud uden under var vi vil
ville ved være været år";

/// Norwegian, both written forms.
pub(super) const NORWEGIAN: &str = "
alle alt andre at av bare ble blei bli blir da de dei dem den denne der deres det dette din disse du då eg ein eit eller
en enn er et etter fikk flere for fra før første få får gå går gjør ha hadde han hans har hele henne hennes her hun hva
hvis hvor hvordan i igjen ikke ikkje inn ingen ja jeg kan kom kommer kun kunne kva man mange med meg meget mellom men mer
mot må ned noe noen nå når og også om opp oss over på sa samme seg selv sier sin sine sitt skal skulle som så til to tre
ut uten under var ved vi vil ville være vært år";

/// Russian.
pub(super) const RUSSIAN: &str = "
а без более больше будет будут бы был была были было быть в вам вас ведь весь во вот все всего всех вы где год года году
да даже два для до его ее её если есть еще ещё же за здесь и из или им их к как какой когда который которая которые
которых кто ли лет мне может можно мой мы на над надо нас не него нее ней нет ни них но ну о об один он она они оно от
очень по под после потом потому при про раз с сам свое своей своих себе себя сегодня сейчас сказал со так также такой там
тем то того тоже той только том тот три тут ты у уже хотя чего чем через что чтобы чуть эта эти этих это этого этой этом
этот эту я";
