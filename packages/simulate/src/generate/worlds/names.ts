import type { NameStock } from './world.ts'

function stock(given: string, family: string): NameStock {
  return { given: given.trim().split(/\s+/), family: family.trim().split(/\s+/) }
}

/** Common given and family names by language, in the Latin letters that directories use. */
export const GERMAN = stock(
  `anna ben clara david elena felix greta hannes ida jonas katrin lukas marie niklas olivia paul
  ronja simon tanja uwe vera wolfgang yvonne bernd carola dieter erika frank gisela holger`,
  `mueller schmidt schneider fischer weber meyer wagner becker schulz hoffmann koch bauer richter
  klein wolf schroeder neumann schwarz zimmermann braun krueger hofmann hartmann lange werner
  krause lehmann koehler maier huber kaiser fuchs scholz vogel stein jung keller berger`,
)
export const JAPANESE = stock(
  `yui haruto aoi sota rin yuki hina riku mei ren sakura kaito akari daiki misaki takumi nanami
  shota ayaka kenta mayu naoki emi hiroshi keiko makoto satoshi tomoko yoko kazuo`,
  `sato suzuki takahashi tanaka watanabe ito yamamoto nakamura kobayashi kato yoshida yamada sasaki
  yamaguchi matsumoto inoue kimura hayashi shimizu saito mori ikeda hashimoto abe ishikawa
  ogawa okada hasegawa fujita goto kondo murakami endo aoki sakamoto`,
)
export const ENGLISH = stock(
  `olivia noah emma liam ava james sophia lucas mia henry grace jack ella leo lily oscar ruby theo
  alice george hannah ryan kate mark susan peter laura brian carol steven`,
  `smith jones williams taylor brown davies evans wilson thomas roberts johnson lewis walker
  robinson wood thompson white watson jackson wright green harris cooper king lee martin clarke
  james morgan hughes edwards hill moore clark harrison scott young`,
)
export const FRENCH = stock(
  `camille louis emma gabriel jade raphael louise arthur alice jules chloe hugo lina nathan lea
  martin manon thomas julie antoine claire nicolas sophie pierre isabelle michel`,
  `martin bernard dubois thomas robert richard petit durand leroy moreau simon laurent lefebvre
  michel garcia david bertrand roux vincent fournier morel girard andre mercier dupont lambert
  bonnet francois martinez legrand garnier faure rousseau blanc`,
)
export const SPANISH = stock(
  `lucia hugo sofia mateo martina leo maria daniel julia alejandro paula pablo valeria alvaro
  carmen javier ana carlos elena miguel laura sergio marta jorge`,
  `garcia rodriguez gonzalez fernandez lopez martinez sanchez perez gomez martin jimenez ruiz
  hernandez diaz moreno munoz alvarez romero alonso gutierrez navarro torres dominguez vazquez
  ramos gil ramirez serrano blanco molina`,
)
export const ITALIAN = stock(
  `sofia leonardo giulia francesco aurora alessandro ginevra lorenzo alice mattia chiara andrea
  sara gabriele martina riccardo elena davide paola marco`,
  `rossi russo ferrari esposito bianchi romano colombo ricci marino greco bruno gallo conti deluca
  costa giordano mancini rizzo lombardi moretti barbieri fontana santoro mariani`,
)
export const THAI = stock(
  `anong chai kanya niran ploy somchai suda wichai apinya kittisak malee narong pim sirichai
  tida udom`,
  `saetang wongsawat charoensuk srisai thongchai rattana boonmee kaewkla phromma suksai
  intharat chaiyasit nakorn panyarachun`,
)
export const POLISH = stock(
  `zuzanna antoni julia jan maja aleksander hanna franciszek lena jakub alicja szymon oliwia
  mikolaj ewa tomasz agnieszka piotr`,
  `nowak kowalski wisniewski wojcik kowalczyk kaminski lewandowski zielinski szymanski wozniak
  dabrowski kozlowski jankowski mazur kwiatkowski krawczyk piotrowski`,
)
