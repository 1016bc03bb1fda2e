/** Word files for tests, written as Word writes them. */

import { strToU8, zipSync } from 'fflate'

const w = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const declarations = [
  `xmlns:w="${w}"`,
  `xmlns:r="${office}"`,
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
  'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
  'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"',
  'xmlns:v="urn:schemas-microsoft-com:vml"',
  'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"',
  'mc:Ignorable="w14"',
].join(' ')
const prologue = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const packageRelationships = 'http://schemas.openxmlformats.org/package/2006/relationships'
const mime = 'application/vnd.openxmlformats-officedocument.wordprocessingml'

export interface WordParts {
  body: string
  styles?: string
  footnotes?: string
  header?: string
  comments?: string
  commentsExtended?: string
}

const roots = { styles: 'styles', footnotes: 'footnotes', header: 'hdr', comments: 'comments' } as const

/** The styles that the tests name, as a German Word calls them. */
export const styles = `
  <w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>
  <w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:basedOn w:val="Standard"/></w:style>
  <w:style w:type="paragraph" w:styleId="Haus"><w:name w:val="House heading"/><w:basedOn w:val="berschrift1"/></w:style>
  <w:style w:type="paragraph" w:styleId="Zitat"><w:name w:val="Quote"/><w:basedOn w:val="Standard"/></w:style>
  <w:style w:type="paragraph" w:styleId="Beschriftung"><w:name w:val="caption"/></w:style>
  <w:style w:type="paragraph" w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style>
  <w:style w:type="character" w:styleId="Geheim"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>`

/** A Word file of these parts: what stands inside the root element of each. */
export function word({ body, ...given }: WordParts): Uint8Array {
  const parts = { styles, ...given }
  const files: Record<string, string> = {}
  const names = Object.keys(parts) as (keyof typeof parts)[]
  files['[Content_Types].xml'] =
    `${prologue}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${mime}.document.main+xml"/>${names.map((name) => `<Override PartName="/word/${name}.xml" ContentType="${mime}.${name}+xml"/>`).join('')}</Types>`
  files['_rels/.rels'] =
    `${prologue}<Relationships xmlns="${packageRelationships}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="word/document.xml"/></Relationships>`
  files['word/document.xml'] = `${prologue}<w:document ${declarations}><w:body>${body}<w:sectPr>${
    parts.header ? '<w:headerReference w:type="default" r:id="rId9header"/>' : ''
  }</w:sectPr></w:body></w:document>`
  files['word/_rels/document.xml.rels'] =
    `${prologue}<Relationships xmlns="${packageRelationships}">${names.map((name) => `<Relationship Id="rId9${name}" Type="${name === 'commentsExtended' ? 'http://schemas.microsoft.com/office/2011/relationships' : office}/${name}" Target="${name}.xml"/>`).join('')}<Relationship Id="rId77" Type="${office}/hyperlink" Target="https://example.org" TargetMode="External"/></Relationships>`
  for (const name of names) {
    const content = parts[name] ?? ''
    files[`word/${name}.xml`] =
      name === 'commentsExtended'
        ? `${prologue}<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">${content}</w15:commentsEx>`
        : `${prologue}<w:${roots[name]} ${declarations}>${content}</w:${roots[name]}>`
  }
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])), {
    mtime: new Date(2024, 0, 2),
  })
}

/** A run; a paragraph of runs, or of one run with this text. */
export const r = (text: string, properties = ''): string =>
  `<w:r w:rsidR="00A1B2C3">${properties && `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`
export const p = (content: string, properties = ''): string =>
  `<w:p w:rsidR="00A1B2C3">${properties && `<w:pPr>${properties}</w:pPr>`}${content.startsWith('<') ? content : r(content)}</w:p>`

const box = (text: string): string =>
  `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV><wp:extent cx="1800000" cy="720000"/><wp:wrapSquare wrapText="bothSides"/><wp:docPr id="7" name="Text Box 7"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1800000" cy="720000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx><w:txbxContent>${p(text)}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape style="width:142pt;height:57pt"><v:textbox><w:txbxContent>${p(text)}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>`
const field = (instruction: string, result: string): string =>
  `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ${instruction} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${r(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>`
const change = 'w:author="A. Reader" w:date="2024-01-02T10:00:00Z"'
const cell = (content: string, properties = ''): string =>
  `<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/>${properties}</w:tcPr>${content}</w:tc>`

/** Every feature that changes how text is read, in one letter. */
export const letter: WordParts = {
  body: [
    p('Annual report', '<w:pStyle w:val="berschrift1"/>'),
    p(field('TOC \\o "1-3"', 'Annual report 1'), '<w:pStyle w:val="Verzeichnis1"/>'),
    p(
      `${r('We fight mod')}<w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="0" w:name="here"/>${r('ern-day', '<w:b/>')}<w:bookmarkEnd w:id="0"/><w:proofErr w:type="spellEnd"/>${r(' slav', '<w:i/>')}${r('ery in every county')}<w:r><w:footnoteReference w:id="2"/></w:r>${r('.')}`,
    ),
    p('What we do', '<w:pStyle w:val="Haus"/>'),
    p(
      `${r('One')}<w:r><w:tab/></w:r>${r('two')}<w:r><w:br/><w:t>three</w:t><w:cr/><w:t>four</w:t></w:r><w:r><w:t>hard</w:t><w:noBreakHyphen/><w:t>ware soft</w:t><w:softHyphen/><w:t>ware</w:t></w:r>${r(' &amp; &#8220;caf&#xE9;&#8221; &lt;&#x1F600;&gt; ')}<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>${r(' end')}`,
    ),
    p(
      `${r('Kept ')}<w:ins w:id="11" ${change}>${r('inserted ')}</w:ins><w:del w:id="12" ${change}><w:r><w:delText>deleted </w:delText></w:r></w:del><w:moveFrom w:id="13" ${change}>${r('moved away ')}</w:moveFrom><w:moveTo w:id="14" ${change}>${r('moved here ')}</w:moveTo>${r('hidden ', '<w:vanish/>')}${r('secret ', '<w:rStyle w:val="Geheim"/>')}${r('shown', '<w:vanish w:val="0"/>')}`,
    ),
    p(r('This paragraph goes'), `<w:rPr><w:del w:id="15" ${change}/></w:rPr>`),
    p(' on after its deleted end.'),
    p(
      `${r('See ')}${field('REF here \\h', 'the first point')}${r(', ')}<w:fldSimple w:instr=" PAGE ">${r('page 3')}</w:fldSimple>${r(' and ')}<w:hyperlink r:id="rId77" w:history="1">${r('our website', '<w:u w:val="single"/>')}</w:hyperlink>${r('.')}`,
    ),
    `<w:sdt><w:sdtPr><w:alias w:val="Not text"/><w:dataBinding w:xpath="/a" w:storeItemID="{0}"/></w:sdtPr><w:sdtContent>${p('In a block control.')}</w:sdtContent></w:sdt>`,
    p(
      `${r('An ')}<w:sdt><w:sdtPr><w:id w:val="5"/></w:sdtPr><w:sdtContent>${r('inline')}</w:sdtContent></w:sdt>${r(' control, a ')}<w:smartTag w:uri="u" w:element="e">${r('smart')}</w:smartTag>${r(' tag.')}`,
    ),
    p(`${r('Beside the box')}${box('Inside the box')}${r(' it goes on.')}`),
    p('Somebody else said this.', '<w:pStyle w:val="Zitat"/>'),
    p('First of a list', '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'),
    p('Second of a list', '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'),
    `<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblLook w:val="04A0" w:firstRow="1"/></w:tblPr><w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/></w:tblGrid><w:tr>${cell(p('Avoid'))}${cell(p('Say'))}</w:tr><w:tr>${cell(p('victims'))}${cell(p('survivors'))}</w:tr><w:tr>${cell(p('both'), '<w:gridSpan w:val="2"/>')}</w:tr><w:tr><w:trPr><w:del w:id="16" ${change}/></w:trPr>${cell(p('gone'))}${cell(p('gone'))}</w:tr></w:tbl>`,
    p('Table 1. Words', '<w:pStyle w:val="Beschriftung"/>'),
    p('The end.'),
  ].join(''),
  footnotes: `<w:footnote w:type="separator" w:id="0">${p('<w:r><w:separator/></w:r>')}</w:footnote><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>${r(' A note on the figures.')}</w:p></w:footnote>`,
  header: p('Riverside Network'),
}
